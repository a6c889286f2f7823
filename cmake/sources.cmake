# SPDX-License-Identifier: Apache-2.0
# The library's sources, a list a wing. From top to bottom: a wing includes what stands below it, never above or beside it.

set(CVH_SOURCES_COMPARE
    compare.c
    compare_peaks.c
    crosscheck.c
    crosscheck_decode.c
)
set(CVH_SOURCES_CONVENTIONS
    conventions.c
    crops.c
    decoders.c
    names.c
    simcc.c
)
set(CVH_SOURCES_ENCODE
    blur.c
    encode.c
    painter.c
    patch.c
    place.c
    points.c
    rules.c
    simcc.c
    simcc_label.c
    stamp.c
    subpixel.c
)
set(CVH_SOURCES_DECODE
    decode.c
    find_peaks.c
    plane.c
    refine.c
    refine_fit.c
    refine_fit_step.c
    refine_moments.c
    refine_newton.c
    refine_nudge.c
    scene.c
    settings.c
    simcc.c
    simcc_dark.c
    simcc_fit.c
)
set(CVH_SOURCES_CROP
    affine.c
    clean.c
    fit.c
    flip.c
    rule.c
)
set(CVH_SOURCES_GAUSSIAN
    arithmetic.c
    filter.c
    gaussian_blur.c
    kernel.c
    logarithm.c
    radius.c
    shape.c
    simcc.c
)
set(CVH_SOURCES_BASE
    affine.c
    border.c
    convert.c
    depth.c
    depth_16f.c
    depth_16s.c
    depth_16u.c
    depth_32f.c
    depth_64f.c
    depth_8s.c
    depth_8u.c
    file.c
    fit.c
    frame.c
    keypoints.c
    maps.c
    npy.c
    npy_header.c
    overlap.c
    samples.c
    status.c
    suggest.c
    texts.c
)

# The border to OpenCV, or what stands in for it.
if(CVHEATMAP_OPENCV)
  set(CVH_SOURCES
      shim/shim.cpp
  )
else()
  set(CVH_SOURCES shim/without_opencv.c)
endif()
foreach(wing IN ITEMS compare conventions encode decode crop gaussian base)
  string(TOUPPER ${wing} name)
  list(TRANSFORM CVH_SOURCES_${name} PREPEND lib/${wing}/ OUTPUT_VARIABLE sources)
  list(APPEND CVH_SOURCES ${sources})
endforeach()
