/* SPDX-License-Identifier: Apache-2.0
 * Somebody else's program: both methods, so that a way of linking that leaves OpenCV or the C++ runtime out cannot pass. */
#include <cvheatmap.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    const cvh_maps shape = cvh_maps_view(NULL, 1, 64, 48, CVH_32F);
    const cvh_keypoint point = {.x = 24, .y = 32};
    const cvh_convention tutorial = {
        .gaussian = {.sigma_x = 2, .ksize_x = 15, .peak = 255}, .border = CVH_BORDER_REFLECT_101, .norm = CVH_NORM_MAX};
    cvh_report report;
    char version[32];
    snprintf(version, sizeof version, "%d.%d.%d", CVH_VERSION_MAJOR, CVH_VERSION_MINOR, CVH_VERSION_PATCH);
    if (strcmp(version, cvh_version()) != 0) return fprintf(stderr, "header %s, library %s\n", version, cvh_version()), 1;
    if (cvh_crosscheck(cvh_blur, cvh_patch, &shape, &point, 1, &tutorial, NULL, &report))
        return fprintf(stderr, "%s\n", cvh_last_error()), 1;
    printf("cvheatmap %s, OpenCV %s: %d samples, %d differ\n", cvh_version(), cvh_opencv_version(), (int)report.compared,
           (int)report.differing);
    return report.compared == 64 * 48 && report.differing == 0 ? 0 : 1;
}
