"""VideoPose3D on a batch that is labelled in part: its two networks and its four losses."""

from __future__ import annotations

from drawing import FLOW, Canvas, Picture


def _branches() -> Picture:
    canvas = Canvas(934)
    canvas.group(36, 20, 556, 106)
    canvas.box(46, 32, 258, 82, "*labelled", "2D keypoints", kind="given")
    free = canvas.box(324, 32, 258, 82, "*unlabelled", "2D keypoints")
    pose = canvas.box(36, 194, 268, 82, "*Pose", "*network", kind="network")
    trajectory = canvas.box(324, 194, 268, 82, "*Trajectory", "*network", kind="network")
    canvas.group(36, 326, 268, 72)
    known_pose = canvas.box(46, 336, 116, 52, "3D pose", kind="given")
    free_pose = canvas.box(178, 336, 116, 52, "3D pose")
    canvas.group(324, 326, 268, 72)
    free_place = canvas.box(334, 336, 116, 52, "place")
    known_place = canvas.box(466, 336, 116, 52, "place", kind="given")
    bones = canvas.box(66, 464, 174, 82, "*bone", "*lengths", kind="loss")
    errors = canvas.box(66, 590, 174, 82, "*MPJPE", "3D labels", kind="loss")
    places = canvas.box(422, 464, 170, 82, "*WMPJPE", "true place", kind="loss")
    camera = canvas.box(256, 590, 152, 82, "*camera", "known", kind="frozen")
    seen = canvas.box(236, 722, 192, 52, "2D keypoints")
    cycle = canvas.box(156, 824, 352, 82, "*reprojection", "like the detected?", kind="loss")
    for network in (pose, trajectory):
        canvas.arrow((314, 126), (314, 158), (network.top()[0], 158), network.top())
        canvas.arrow(network.bottom(), (network.bottom()[0], 326))
    canvas.arrow((112, known_pose.bottom()[1]), (112, bones.y), kind="copy")
    canvas.arrow((206, free_pose.bottom()[1]), (206, bones.y))
    canvas.arrow(known_pose.left(), (20, 362), (20, 631), errors.left(), kind="copy")
    canvas.arrow((274, free_pose.bottom()[1]), (274, camera.y))
    canvas.arrow((390, free_place.bottom()[1]), (390, camera.y))
    canvas.label(332, 504, "*+", colour=FLOW)
    canvas.arrow((507, known_place.bottom()[1]), (507, places.y), kind="copy")
    canvas.arrow(camera.bottom(), seen.top())
    canvas.arrow(seen.bottom(), cycle.top())
    canvas.arrow(free.right(), (616, 73), (616, 865), cycle.right())
    return canvas.finish(
        "videopose3d-branches",
        "VideoPose3D on labelled and unlabelled video",
        """
        One batch holds labelled 2D keypoints, green and dashed, and unlabelled ones, white; both
        kinds pass through the same pose network and the same trajectory network. For labelled
        samples MPJPE compares the 3D pose with the 3D labels, and WMPJPE the place with the true
        one. For unlabelled samples pose and place are added and projected back to 2D by the known
        camera, which learns nothing; the reprojection loss compares the result with the detected
        keypoints that went in. A fourth loss makes the bone lengths of both kinds agree on
        average.
        """,
    )


PICTURES = [_branches()]
