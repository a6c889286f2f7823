/* SPDX-License-Identifier: Apache-2.0
 * The names of rows: what is found, what is listed, and what is said of a name that is in no table. */
#include <string.h>

#include "conventions/names.h"
#include "support/support.h"

static const char *long_list(int i)
{
    static const char *const names[] = {"a_name_of_thirty_characters_01", "a_name_of_thirty_characters_02"};
    return i < 40 ? names[i % 2] : NULL;
}

START_TEST(a_list_that_is_too_long_is_cut)
{
    static const cvh_names things = {"thing", long_list, NULL};
    const char *given[] = {"a_name_of_thirty_characters_03", "zzz"}, *said[] = {"; near: a_name", "; there are: a_name"};
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(cvh_names_find(&things, given[i]), -1);
        const char *text = cvh_last_error();
        ck_assert_msg(strstr(text, said[i]) && strlen(text) < 512, "%s", text);
        ck_assert_msg(!strcmp(text + strlen(text) - 5, ", ..."), "the list has no end: %s", text);
    }
}
END_TEST

static const char *small_list(int i)
{
    static const char *const names[] = {"hrnet", "mmpose_udp", "own"};
    return i >= 0 && i < 3 ? names[i] : NULL;
}

static const char *hrnet_list(int i)
{
    static const char *const names[] = {"hrnet_as_it_was_published", "mmpose_udp"};
    return i >= 0 && i < 2 ? names[i] : NULL;
}

/* "dark" is darkpose in every table, and this table calls darkpose "own". */
START_TEST(aliases_lead_to_rows)
{
    static const cvh_alias aliases[] = {{"ours", "own"}, {"darkpose", "own"}, {"lost", "no such row"}, {NULL, NULL}};
    static const cvh_names things = {"thing", small_list, aliases};
    static const struct {
        const char *name;
        int row;
    } cases[] = {{"hrnet", 0}, {"msra", 0}, {"simple_baselines", 0}, {"mmpose_udp", 1}, {"udp_mmpose", 1},   {"own", 2},
                 {"ours", 2},  {"dark", 2}, {"darkpose", 2},         {"lost", -1},      {"dark_mmpose", -1}, {"Hrnet", -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(cvh_names_find(&things, cases[i].name) == cases[i].row, "%s is not row %d", cases[i].name, cases[i].row);
    ck_assert_int_eq(cvh_names_find(&things, NULL), -1);
    ck_assert_str_eq(cvh_last_error(), "name is NULL; it must be a thing's name, such as \"hrnet\"");
}
END_TEST

/* More rows than are marked as listed: the one behind them is found, and told of. */
static const char *many_rows(int i)
{
    return i < 0 || i > 150 ? NULL : i == 140 ? "chair" : "a_row_that_nothing_is_near_to";
}

START_TEST(rows_beyond_those_marked)
{
    static const cvh_names things = {"thing", many_rows, NULL};
    ck_assert_int_eq(cvh_names_find(&things, "chair"), 140);
    ck_assert_int_eq(cvh_names_find(&things, "chairs"), -1);
    ck_assert_str_eq(cvh_last_error(), "no thing is named \"chairs\"; near: chair");
}
END_TEST

/* An alias is of its row's project too: it is told where the row's own name is not near. */
START_TEST(an_alias_of_the_project)
{
    static const cvh_alias aliases[] = {{"quick", "hrnet_as_it_was_published"}, {"quack", "mmpose_udp"}, {NULL, NULL}};
    static const cvh_names things = {"thing", hrnet_list, aliases};
    ck_assert_int_eq(cvh_names_find(&things, "hrnet_quick"), -1);
    ck_assert_str_eq(cvh_last_error(), "no thing is named \"hrnet_quick\"; near: quick (hrnet_as_it_was_published)");
}
END_TEST

static cvh_status find_convention(const char *name)
{
    cvh_convention out;
    return cvh_convention_find(name, &out);
}

static cvh_status find_decoder(const char *name)
{
    cvh_decoder out;
    return cvh_decoder_find(name, &out);
}

static const struct {
    cvh_status (*find)(const char *);
    const char *given, *said; /* the message from the semicolon on, or a part of it where that begins otherwise */
} UNKNOWN[] = {
    {find_convention, "MSRA", "; near: msra (hrnet)"},
    {find_convention, "simple-baseline", "; near: simple_baselines (hrnet)"},
    {find_convention, "hrnet_w48", "; near: hrnet"},
    {find_convention, "higherhrnet_w32", "; near: higherhrnet"},
    {find_convention, "mmpose udb", "; near: mmpose_udp"},
    {find_convention, "rtmpose", ", nor is there any of rtmpose; there are: tutorial_blur, "},
    {find_convention, "mmpose-simcc-x", "; of mmpose there are: mmpose_msra, mmpose_megvii, mmpose_udp, mmpose_dark"},
    {find_decoder, "ttfnet", ", nor is there any of ttfnet; there are: fit, "},
    {find_decoder, "cornernet", ", nor is there any of cornernet; there are: fit, "},
    {find_decoder, "higherhrnet", ", nor is there any of higherhrnet; there are: fit, "},
    {find_decoder, "openpifpaf", ", nor is there any of openpifpaf; there are: fit, "},
    {find_decoder, "DARK", "; near: dark (darkpose)"},
    {find_decoder, "mmpose",
     "; near: mmpose_msra, mmpose_dark, mmpose_udp, mmpose_megvii, mmpose_ae, mmpose_spr, "
     "mmpose_combined"},
};

START_TEST(a_known_project_is_told_of_its_own_rows_alone)
{
    assert_refused(UNKNOWN[_i].given, UNKNOWN[_i].find(UNKNOWN[_i].given), UNKNOWN[_i].said);
    const char *text = cvh_last_error(), *near = strstr(text, "; near: ");
    if (near) ck_assert_str_eq(near, UNKNOWN[_i].said);
}
END_TEST

/* Every spelling that was in use before rows were named after their projects, and what people call them. */
static const struct {
    const char *alias, *convention, *decoder; /* NULL: no such row */
} ALIASES[] = {
    {"msra", "hrnet", "hrnet"},
    {"simple_baselines", "hrnet", "hrnet"},
    {"msra_mmpose", "mmpose_msra", "mmpose_msra"},
    {"megvii", "mspn", "mmpose_megvii"},
    {"megvii_mmpose", "mmpose_megvii", "mmpose_megvii"},
    {"cpn", "mspn", NULL},
    {"udp_pose", "udp", "mmpose_udp"},
    {"udp_mmpose", "mmpose_udp", "mmpose_udp"},
    {"dark", "darkpose", "darkpose"},
    {"dark_mmpose", "mmpose_dark", "mmpose_dark"},
    {"cornernet", "centernet", NULL},
    {"vitpose", NULL, "transformers_vitpose"},
    {"udp", "udp", "mmpose_udp"},
    {"sleap", "sleap", "sleap_integral"},
    {"openpose_add", "openpose_add", "openpose"},
};

static bool is_listed(const char *(*name)(int), const char *wanted)
{
    for (int i = 0; name(i); i++)
        if (!strcmp(name(i), wanted)) return true;
    return false;
}

START_TEST(aliases_are_found_and_not_listed)
{
    const char *alias = ALIASES[_i].alias;
    cvh_convention convention, row;
    cvh_decoder decoder, same;
    ck_assert_msg((cvh_convention_find(alias, &convention) == CVH_OK) == (ALIASES[_i].convention != NULL), "%s", alias);
    if (ALIASES[_i].convention) {
        ck_assert_int_eq(cvh_convention_find(ALIASES[_i].convention, &row), CVH_OK);
        ck_assert_msg(!memcmp(&convention, &row, sizeof row), "%s is not %s", alias, row.name);
        ck_assert_str_eq(convention.name, ALIASES[_i].convention);
        ck_assert(is_listed(cvh_convention_name, alias) == !strcmp(alias, convention.name));
    }
    ck_assert_msg((cvh_decoder_find(alias, &decoder) == CVH_OK) == (ALIASES[_i].decoder != NULL), "%s", alias);
    if (ALIASES[_i].decoder) {
        ck_assert_int_eq(cvh_decoder_find(ALIASES[_i].decoder, &same), CVH_OK);
        ck_assert_msg(!memcmp(&decoder, &same, sizeof same), "%s is not %s", alias, ALIASES[_i].decoder);
        ck_assert(!is_listed(cvh_decoder_name, alias));
    }
}
END_TEST

START_TEST(a_crops_other_spellings_are_its_projects)
{
    static const char *const pairs[][2] = {{"dark", "hrnet"},       {"darkpose", "hrnet"},   {"msra", "hrnet"},
                                           {"yolov8", "letterbox"}, {"yolo11", "letterbox"}, {"ultralytics", "letterbox"},
                                           {"rtmlib", "rtmpose"},   {"yolov5", "yolov5"}};
    cvh_crop_rule rule;
    ck_assert_msg(!cvh_crop_find(pairs[_i][0], &rule), "%s: %s", pairs[_i][0], cvh_last_error());
    ck_assert_str_eq(rule.name, pairs[_i][1]);
    ck_assert_int_eq(cvh_crop_find("yolov9", &rule), CVH_ERR_ARGUMENT);
}
END_TEST

/* One spelling finds both where a project has both: the decoder of that name is the one that the convention brings. */
START_TEST(a_conventions_name_finds_its_decoder)
{
    int both = 0;
    for (int i = 0; cvh_convention_name(i); i++) {
        const char *name = cvh_convention_name(i);
        cvh_convention convention;
        cvh_decoder decoder;
        ck_assert_int_eq(cvh_convention_find(name, &convention), CVH_OK);
        if (!convention.decoder || cvh_decoder_find(name, &decoder)) continue;
        ck_assert_msg(!memcmp(convention.decoder, &decoder, sizeof decoder), "%s brings another decoder than that name finds",
                      name);
        both++;
    }
    ck_assert_int_ge(both, 12);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("names");
    TCase *c = tcase_create("names");
    tcase_add_test(c, a_list_that_is_too_long_is_cut);
    tcase_add_test(c, rows_beyond_those_marked);
    tcase_add_test(c, an_alias_of_the_project);
    tcase_add_test(c, aliases_lead_to_rows);
    tcase_add_loop_test(c, a_known_project_is_told_of_its_own_rows_alone, 0, sizeof UNKNOWN / sizeof *UNKNOWN);
    tcase_add_loop_test(c, aliases_are_found_and_not_listed, 0, sizeof ALIASES / sizeof *ALIASES);
    tcase_add_loop_test(c, a_crops_other_spellings_are_its_projects, 0, 8);
    tcase_add_test(c, a_conventions_name_finds_its_decoder);
    suite_add_tcase(s, c);
    return s;
}

int main(void)
{
    return run_suite(suite());
}
