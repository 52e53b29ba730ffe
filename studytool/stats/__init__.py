"""What was learned and what comes: counts and curves as values, and the page that shows them."""
