/* SPDX-License-Identifier: Apache-2.0
 * The decoders of the field, as a table that other tables can point into: &cvh_decoder_table[CVH_DECODER_MMPOSE_MEGVII].decoder
 * is a constant expression. */
#ifndef CVH_LIB_DECODERS_H
#define CVH_LIB_DECODERS_H

#include "cvheatmap.h"

typedef enum cvh_decoder_id {
    CVH_DECODER_FIT, /* the default */
    CVH_DECODER_FIT_TIED,
    CVH_DECODER_NEWTON,
    CVH_DECODER_ARGMAX,
    CVH_DECODER_HRNET,
    CVH_DECODER_MMPOSE_MSRA,
    CVH_DECODER_MMDEPLOY_MSRA,
    CVH_DECODER_DARKPOSE,
    CVH_DECODER_MMPOSE_DARK,
    CVH_DECODER_MMDEPLOY_DARK,
    CVH_DECODER_PADDLE_DARK,
    CVH_DECODER_MMPOSE_UDP,
    CVH_DECODER_MMDEPLOY_UDP,
    CVH_DECODER_TRANSFORMERS_VITPOSE,
    CVH_DECODER_MMPOSE_MEGVII,
    CVH_DECODER_MSPN,
    CVH_DECODER_MSPN_MPII,
    CVH_DECODER_SLEAP_INTEGRAL,
    CVH_DECODER_SLEAP_LOCAL,
    CVH_DECODER_SLEAP_PEAKS,
    CVH_DECODER_SLEAP_PEAKS_INTEGRAL,
    CVH_DECODER_SLEAP_PEAKS_LOCAL,
    CVH_DECODER_CENTERNET,
    CVH_DECODER_MMPOSE_AE,
    CVH_DECODER_MMPOSE_SPR,
    CVH_DECODER_TRT_POSE,
    CVH_DECODER_OPENPOSE,
    CVH_DECODER_SOFT_ARGMAX,
    CVH_DECODER_UDP_COMBINED,
    CVH_DECODER_MMPOSE_COMBINED,
    CVH_DECODER_DEEPLABCUT,
    CVH_DECODER_POSENET,
    CVH_DECODER_POSENET_PEAKS,
    CVH_DECODER_COUNT
} cvh_decoder_id;

typedef struct cvh_named_decoder {
    const char *name;
    cvh_decoder decoder;
} cvh_named_decoder;

extern const cvh_named_decoder cvh_decoder_table[CVH_DECODER_COUNT];

#endif
