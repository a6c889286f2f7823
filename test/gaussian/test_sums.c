/* SPDX-License-Identifier: Apache-2.0
 * What is said of an OpenCV that adds up in no known way, of one that fails, and of none: something else stands in for
 * cv::GaussianBlur. */
#include <stdio.h>
#include <string.h>

#include "gaussian/arithmetic.h"
#include "shim/shim.h"
#include "support/support.h"
#include "support/unknown.h"

static cvh_shim_result answers[2]; /* to pictures of floats, and of doubles; an answer of CVH_SHIM_OK leaves them as they are */
static bool told[2];               /* else the OpenCV that is installed answers */

cvh_shim_result __real_cvh_shim_gaussian_blur(const cvh_shim_image *source, const cvh_shim_image *target,
                                              const cvh_shim_blur *blur, char *message, size_t size);
cvh_shim_result __wrap_cvh_shim_gaussian_blur(const cvh_shim_image *source, const cvh_shim_image *target,
                                              const cvh_shim_blur *blur, char *message, size_t size);

cvh_shim_result __wrap_cvh_shim_gaussian_blur(const cvh_shim_image *source, const cvh_shim_image *target,
                                              const cvh_shim_blur *blur, char *message, size_t size)
{
    int of_doubles = source->depth == CVH_64F;
    if (!told[of_doubles]) return __real_cvh_shim_gaussian_blur(source, target, blur, message, size);
    if (answers[of_doubles] != CVH_SHIM_OK) snprintf(message, size, "as it was told");
    return answers[of_doubles];
}

static void tell(cvh_shim_result to_floats, cvh_shim_result to_doubles)
{
    answers[0] = to_floats, answers[1] = to_doubles;
    told[0] = told[1] = true;
}

static const struct answered {
    const char *name;
    cvh_shim_result to_floats, to_doubles;
    const char *text;                 /* what cvh_opencv_arithmetic says */
    cvh_status of_floats, of_doubles; /* what asking returns */
    const char *why;                  /* and says of doubles */
} cases[] = {
    {"none", CVH_SHIM_ABSENT, CVH_SHIM_ABSENT, "built without OpenCV", CVH_ERR_OPENCV, CVH_ERR_OPENCV, "as it was told"},
    {"no memory", CVH_SHIM_MEMORY, CVH_SHIM_MEMORY, "unknown: out of memory", CVH_ERR_MEMORY, CVH_ERR_MEMORY, "as it was told"},
    {"no memory for doubles", CVH_SHIM_OK, CVH_SHIM_MEMORY, "unknown: out of memory", CVH_ERR_OPENCV, CVH_ERR_MEMORY,
     "as it was told"},
    {"it throws", CVH_SHIM_OPENCV, CVH_SHIM_OPENCV, "unknown", CVH_ERR_OPENCV, CVH_ERR_OPENCV, "as it was told"},
    {"it adds up otherwise", CVH_SHIM_OK, CVH_SHIM_OK, "unknown", CVH_ERR_OPENCV, CVH_ERR_OPENCV,
     "adds up in none of the known ways; CVH_ARITHMETIC_PORTABLE does not depend on it"},
};

START_TEST(what_answers_is_told)
{
    const struct answered *c = &cases[_i];
    cvh_sums sums;
    tell(c->to_floats, c->to_doubles);
    ck_assert_msg(strcmp(cvh_opencv_arithmetic(), c->text) == 0, "%s: \"%s\"", c->name, cvh_opencv_arithmetic());
    ck_assert_msg(cvh_sums_ask(CVH_32F, &sums) == c->of_floats, "%s: %s", c->name, cvh_last_error());
    ck_assert_msg(sums == CVH_SUMS_UNKNOWN, "%s: kind %d", c->name, (int)sums);
    ck_assert_msg(cvh_sums_ask(CVH_64F, &sums) == c->of_doubles, "%s: %s", c->name, cvh_last_error());
    ck_assert_msg(sums == CVH_SUMS_UNKNOWN && strstr(cvh_last_error(), c->why), "%s: \"%s\"", c->name, cvh_last_error());
}
END_TEST

/* Where copies meet, and there alone, drawing needs an answer; without one nothing is drawn. */
START_TEST(drawing_needs_to_know)
{
    float samples[20 * 20];
    cvh_maps maps = cvh_maps_view(samples, 1, 20, 20, CVH_32F);
    cvh_convention c = {.gaussian = {.sigma_x = 1, .ksize_x = 7}, .border = CVH_BORDER_REFLECT};
    cvh_keypoint inside = {.x = 10, .y = 10}, beside = {.x = 1, .y = 10};
    tell(cases[_i].to_floats, cases[_i].to_doubles);
    c.arithmetic = CVH_ARITHMETIC_OPENCV;
    ck_assert_msg(cvh_patch(&maps, &inside, 1, &c) == CVH_OK, "%s", cvh_last_error());
    memset(samples, 0, sizeof samples);
    ck_assert_int_eq(cvh_patch(&maps, &beside, 1, &c), cases[_i].of_floats);
    for (int i = 0; i < 400; i++) ck_assert(samples[i] == 0);
    c.arithmetic = CVH_ARITHMETIC_PORTABLE;
    ck_assert_msg(cvh_patch(&maps, &beside, 1, &c) == CVH_OK && samples[201] > 0, "%s", cvh_last_error());
}
END_TEST

/* Nothing stands in for the installed OpenCV, whose sums are unknown in both depths: both are declined by its name. */
static void installed_is_named(void)
{
    cvh_sums sums;
    ck_assert_msg(opencv_is_unknown(cvh_sums_ask(CVH_32F, &sums)) && sums == CVH_SUMS_UNKNOWN, "%s", cvh_last_error());
    ck_assert_msg(opencv_is_unknown(cvh_sums_ask(CVH_64F, &sums)) && sums == CVH_SUMS_UNKNOWN, "%s", cvh_last_error());
    printf("OpenCV %s adds up in no known way\n", cvh_opencv_version());
}

/* One depth's answer is no other's. */
START_TEST(depths_are_asked_apart)
{
    tell(CVH_SHIM_OK, CVH_SHIM_OK);
    told[0] = told[1] = false;
    if (strcmp(cvh_opencv_arithmetic(), "built without OpenCV") == 0) return;
    if (sums_are_unknown()) {
        installed_is_named();
        return;
    }
    told[1] = true;
    const char *text = cvh_opencv_arithmetic();
    ck_assert_msg(strncmp(text, "32F ", 4) == 0 && strstr(text, "; 64F unknown"), "\"%s\"", text);
    told[0] = true, told[1] = false;
    text = cvh_opencv_arithmetic();
    ck_assert_msg(strstr(text, "32F unknown; 64F ") == text && !strstr(text, "64F unknown"), "\"%s\"", text);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("sums");
    TCase *c = tcase_create("OpenCV");
    tcase_add_loop_test(c, what_answers_is_told, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_loop_test(c, drawing_needs_to_know, 0, (int)(sizeof cases / sizeof *cases));
    tcase_add_test(c, depths_are_asked_apart);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
