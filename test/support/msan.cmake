# SPDX-License-Identifier: Apache-2.0
# MemorySanitizer knows only what it compiled. Check and OpenCV are reached through msan.c; the shim, whose objects are OpenCV's,
# is compiled without it. Suites that call other code themselves bear the label opencv or jansson and are left out.
set_source_files_properties(${PROJECT_SOURCE_DIR}/shim/shim.cpp ${PROJECT_SOURCE_DIR}/shim/resize.cpp
                            ${PROJECT_SOURCE_DIR}/shim/warp.cpp DIRECTORY ${PROJECT_SOURCE_DIR}
                            PROPERTIES COMPILE_OPTIONS -fno-sanitize=memory)
target_sources(cvheatmap_internal INTERFACE ${CMAKE_CURRENT_SOURCE_DIR}/support/msan.c)
target_link_options(cvheatmap_internal INTERFACE
                    -Wl,--wrap=stat64,--wrap=lstat64,--wrap=fstat64,--wrap=cvh_shim_gaussian_blur,--wrap=cvh_shim_resize_cubic
                    -Wl,--wrap=cvh_shim_warp_affine)

# A copy of Check's archive whose fwrite is msan.c's.
get_target_property(libraries ${CVH_check_TARGET} INTERFACE_LINK_LIBRARIES)
set(archive ${libraries})
list(FILTER archive INCLUDE REGEX "libcheck.*\\.a$")
if(NOT archive)
  message(FATAL_ERROR "MemorySanitizer needs Check as an archive; its libraries are: ${libraries}")
endif()
set(copy ${CMAKE_CURRENT_BINARY_DIR}/libcheck_msan.a)
add_custom_command(OUTPUT ${copy} DEPENDS ${archive}
                   COMMAND ${CMAKE_OBJCOPY} --redefine-sym fwrite=check_fwrite ${archive} ${copy})
list(TRANSFORM libraries REPLACE ".*libcheck.*\\.a$" ${copy})
set_target_properties(${CVH_check_TARGET} PROPERTIES INTERFACE_LINK_LIBRARIES "${libraries}")
add_custom_target(check_for_msan DEPENDS ${copy})
add_dependencies(test_support check_for_msan)
