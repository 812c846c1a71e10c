using Review.Kernel;
using Review.Kernel.Architectures;
using Review.Kernel.Compilation;

namespace Review.Tests.Kernel;

public class KernelWarningsTests
{
    [Fact]
    public void They_are_read_from_the_makefiles_as_clang_gets_them()
    {
        var tree = MemoryTree.Kernel()
            .With("Makefile", """
                VERSION = 6
                PATCHLEVEL = 1
                KBUILD_CFLAGS := -Wall -Werror=return-type -O2 -Wa,-x
                KBUILD_CFLAGS-$(CONFIG_WERROR) += -Werror
                ifdef CONFIG_CC_IS_CLANG
                KBUILD_CFLAGS += -Wno-gnu -Wno-restrict -Werror=designated-init $(call cc-disable-warning, frame-address,) $(call cc-option,-Wcast-function-type)
                ifneq ($(call clang-min-version, 160000),y)
                KBUILD_CFLAGS += -Wno-format
                endif
                else
                KBUILD_CFLAGS += -Wno-main
                endif
                include include/config/auto.conf
                include $(srctree)/arch/$(SRCARCH)/Makefile
                include scripts/Makefile.extrawarn
                KBUILD_CFLAGS += $(KBUILD_CFLAGS-y) $(CONFIG_CC_IMPLICIT_FALLTHROUGH) $(call cc-option, -fsome-code)
                """)
            .With("include/config/auto.conf", "KBUILD_CFLAGS += -Wnever\nCONFIG_CC_IS_CLANG :=\n")
            .With("arch/x86/Makefile", "KBUILD_CFLAGS += -Wframe-larger-than=1\n")
            .With("scripts/Makefile.extrawarn", "ifneq ($(findstring 1, $(KBUILD_EXTRA_WARN)),)\nKBUILD_CFLAGS += -Wextra\nelse\nKBUILD_CFLAGS += -Wno-unused-const-variable\nendif\n");
        var warnings = KernelWarnings.Read(tree, Architecture.X86, KernelConfiguration.FromSettings("t", "CONFIG_WERROR=y\nCONFIG_CC_IS_GCC=y\nCONFIG_CC_IMPLICIT_FALLTHROUGH=\"-Wimplicit-fallthrough\"\n"));
        Assert.StartsWith(
            "-Wall -Wreturn-type -Wno-gnu -Wno-frame-address -Wcast-function-type -Wno-unused-const-variable -Wimplicit-fallthrough -Wmissing-prototypes ",
            string.Join(' ', warnings.Options),
            StringComparison.Ordinal);
        Assert.Equal(["-Wdesignated-init", "-Wreturn-type"], warnings.Errors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_tree_that_says_nothing_of_warnings_gets_the_usual_ones()
    {
        var warnings = KernelWarnings.Read(MemoryTree.Kernel(), Architecture.Arm64, KernelConfiguration.FromSettings("t", ""));
        Assert.Equal("-Wall", warnings.Options[0]);
        Assert.Contains("-Wincompatible-pointer-types", warnings.Errors);
        Assert.DoesNotContain(warnings.Options, static option => option.StartsWith("-Werror", StringComparison.Ordinal));
    }

    [KernelFact]
    public void The_real_makefiles_are_understood()
    {
        var kernel = RealKernel.Open();
        foreach (var architecture in Architecture.All)
        {
            var build = KernelBuild.Create(kernel, architecture, KernelConfiguration.FromSettings("t", "CONFIG_CC_IMPLICIT_FALLTHROUGH=\"-Wimplicit-fallthrough\"\n"));
            var options = build.WarningsFor("mm/gup.c").Options;
            Assert.All(["-Wall", "-Wundef", "-Wno-gnu", "-Wvla", "-Wno-initializer-overrides", "-Wno-sign-compare", "-Wimplicit-fallthrough", "-Wno-pointer-sign"], option => Assert.Contains(option, options));
            Assert.DoesNotContain("-Wextra", options);
            Assert.DoesNotContain("-Wno-format", options);
            Assert.Contains("-Wimplicit-function-declaration", build.WarningsFor("mm/gup.c").Errors);
            Assert.Contains("-Wno-override-init", build.WarningsFor("mm/init-mm.c").Options);
        }
    }
}
