# SPDX-License-Identifier: Apache-2.0
# find_either(<package> <config target> <pkg-config module> <version> <debian package> <reason>)
#
# Check and jansson install a CMake config when CMake built them and only a .pc file in Debian. Takes the config, else the .pc,
# and gives the target CVH::<package> either way (CVH_<package>_TARGET names the one behind it). Used by our own tests and
# program; users of the library never see it.
function(find_either package target module version debian reason)
  if(TARGET CVH::${package})
    return()
  endif()
  find_package(${package} ${version} CONFIG QUIET)
  if(NOT TARGET ${target})
    find_package(PkgConfig QUIET)
    if(PkgConfig_FOUND)
      pkg_check_modules(CVH_${package} QUIET IMPORTED_TARGET ${module}>=${version})
      set(target PkgConfig::CVH_${package})
    endif()
  endif()
  if(NOT TARGET ${target})
    message(FATAL_ERROR "${reason} needs ${package} ${version} or newer. Debian and Ubuntu: apt-get install ${debian} pkg-config.")
  endif()
  add_library(CVH::${package} INTERFACE IMPORTED)
  set_target_properties(CVH::${package} PROPERTIES INTERFACE_LINK_LIBRARIES ${target})
  set(CVH_${package}_TARGET ${target} PARENT_SCOPE)
endfunction()
