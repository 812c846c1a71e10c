using Review.Kernel;
using Review.Kernel.Architectures;
using Review.Kernel.Makefiles;

namespace Review.Tests.Kernel;

public sealed class KbuildTests
{
    [Fact]
    public void ObjectsFollowTheConfiguration()
    {
        var kbuild = Create("CONFIG_ON=y\nCONFIG_MOD=m\n", Tree("a b c d e f").With("mm/Makefile", """
            obj-y := a.o \
            	b.o # c.o
            obj-$(CONFIG_OFF) += d.o
            obj-$(CONFIG_ON) += e.o
            obj-${CONFIG_MOD} += f.o missing.o
            """));
        Assert.Equal("a b e f", Names(kbuild));
    }

    [Fact]
    public void ConditionsNest()
    {
        var kbuild = Create("CONFIG_ON=y\nCONFIG_N=4\n", Tree("a b c d e f g").With("mm/Makefile", """
            ifdef CONFIG_ON
            	obj-y += a.o
              ifndef CONFIG_OFF
            obj-y += b.o
              else
            obj-y += c.o
              endif
            else ifdef CONFIG_ON
            obj-y += d.o
            endif
            ifeq ($(CONFIG_N),4)
            obj-y += e.o
            else ifneq ($(CONFIG_N),5)
            obj-y += f.o
            endif
            ifeq "$(CONFIG_N)$(CONFIG_OFF)" "5"
            else
            obj-y += g.o
            endif
            """));
        Assert.Equal("a b e g", Names(kbuild));
    }

    [Fact]
    public void CompositesAreReplacedByTheirPartsOnce()
    {
        var kbuild = Create("CONFIG_ON=y\n", Tree("whole part1 part2 part3 self helper list deep").With("mm/Makefile", """
            obj-y += whole.o self.o list.o
            whole-y := part1.o
            whole-$(CONFIG_ON) += part2.o
            whole-$(CONFIG_OFF) += part3.o
            self-y := self.o helper.o
            list-objs := deep.o
            deep-y := deep.o part3.o
            """));
        Assert.Equal("deep helper part1 part2 self", Names(kbuild));
    }

    [Fact]
    public void OnlyModulesHaveModulePartsInThem()
    {
        var kbuild = Create("CONFIG_M=m\n", Tree("a b c").With("mm/Makefile", "obj-y += one.o\none-y := a.o\none-m := b.o\nobj-m += two.o\ntwo-m := c.o\n"));
        Assert.Equal("a c", Names(kbuild));
    }

    [Fact]
    public void VariablesAndFunctionsAreExpanded()
    {
        var kbuild = Create("", Tree("a b c d e x_64 late").With("mm/Makefile", """
            list = $(addsuffix .o,$(names)) # late
            names := a b
            obj-y += $(list) $(patsubst %,%.o,c) $(if ,e.o,d.o) $(filter-out e.o,e.o)
            obj-y += x_$(BITS).o $(later)
            later := late.o
            obj-y += $(call cc-option,-Wx) $(shell echo e.o)
            """));
        Assert.Equal("a b c d x_64", Names(kbuild));
    }

    [Fact]
    public void RulesAndDefinitionsAreNoObjects()
    {
        var kbuild = Create("", Tree("a b c d").With("mm/Makefile", """
            define macro
            obj-y += b.o
            endef
            $(obj)/x.o: $(obj)/generated.h
            	obj-y += c.o
            $(obj)/y.o: obj-y += d.o
            obj-y += a.o
            """));
        Assert.Equal("a", Names(kbuild));
    }

    [Fact]
    public void DirectoriesAreEnteredOnceAndKbuildComesFirst()
    {
        var tree = Tree("a")
            .With("mm/Makefile", "obj-y += a.o sub/ ./ ../mm/ off/\nobj-$(CONFIG_X) += nothere/\nsubdir-y += tools\n")
            .With("mm/sub/Kbuild", "obj-y += s.o ../a.o ../\n")
            .With("mm/sub/Makefile", "obj-y += wrong.o\n")
            .With("mm/sub/s.c", "").With("mm/sub/wrong.c", "")
            .With("mm/tools/Makefile", "obj-y += t.o\n").With("mm/tools/t.c", "");
        var kbuild = Create("", tree);
        Assert.Equal((string[])["mm/a.c", "mm/sub/s.c", "mm/tools/t.c"], kbuild.Selected("mm"));
        Assert.Equal((string[])["mm/sub/s.c"], kbuild.Selected("mm/sub"));
        Assert.Equal((string[])["mm/a.c", "mm/sub/s.c", "mm/tools/t.c"], kbuild.Selected("./mm/"));
        Assert.Empty(kbuild.Selected("nowhere"));
        Assert.Empty(kbuild.Selected("../mm"));
    }

    [Fact]
    public void AFileInADirectoryThatIsNotEnteredIsNotSelected()
    {
        var tree = Tree("a").With("mm/Makefile", "obj-$(CONFIG_KASAN) += kasan/\n").With("mm/kasan/Makefile", "obj-y := report.o\n").With("mm/kasan/report.c", "");
        Assert.False(Create("", tree).IsSelected("mm/kasan/report.c"));
        Assert.Empty(Create("", tree).Selected("mm/kasan"));
        Assert.True(Create("CONFIG_KASAN=y\n", tree).IsSelected("mm/kasan/report.c"));
        Assert.Equal(
            "mm/kasan/report.c is not selected by this configuration (mm/kasan/Makefile, needs CONFIG_KASAN=y)",
            Create("", tree).WhyNotSelected("mm/kasan/report.c"));
    }

    [Fact]
    public void SourcesInSubdirectoriesBelongToTheMakefileThatNamesThem()
    {
        var tree = Tree("").With("fs/x/Makefile", "obj-y += x.o\nx-y := $(addprefix lib/, ag.o)\nccflags-y += -I $(srctree)/$(src)/lib\nCFLAGS_lib/ag.o := -DAG\n").With("fs/x/lib/ag.c", "");
        var kbuild = Create("", tree);
        Assert.True(kbuild.IsSelected("fs/x/lib/ag.c"));
        Assert.Equal((string[])["fs/x/lib"], kbuild.FlagsOf("fs/x/lib/ag.c").IncludeDirectories);
        Assert.Equal((string[])["-DAG"], kbuild.FlagsOf("fs/x/lib/ag.c").Macros);
    }

    [Fact]
    public void AReasonNamesWhatToChange()
    {
        const string makefile = """
            mmu-y := nommu.o
            mmu-$(CONFIG_MMU) := memory.o
            obj-y := $(mmu-y)
            ifdef CONFIG_A
            obj-$(CONFIG_B) += both.o
            endif
            obj-y += in.o
            """;
        var kbuild = Create("CONFIG_MMU=y\n", Tree("nommu memory both in included").With("mm/Makefile", makefile));
        Assert.Null(kbuild.WhyNotSelected("mm/memory.c"));
        Assert.Equal("mm/nommu.c is not selected by this configuration (mm/Makefile, needs CONFIG_MMU=n)", kbuild.WhyNotSelected("mm/nommu.c"));
        Assert.Equal("mm/both.c is not selected by this configuration (mm/Makefile, needs CONFIG_A=y and CONFIG_B=y)", kbuild.WhyNotSelected("mm/both.c"));
        Assert.Contains("another file may include it", kbuild.WhyNotSelected("mm/included.c"), StringComparison.Ordinal);
        Assert.Equal("mm/gone.c: no such file in this tree", kbuild.WhyNotSelected("mm/gone.c"));
        Assert.Contains("only .c files", kbuild.WhyNotSelected("mm/Makefile"), StringComparison.Ordinal);
    }

    [Fact]
    public void FlagsComeFromAllMakefilesAboveAndTheOwn()
    {
        var tree = Tree("")
            .With("arch/x86/Kbuild", "obj-y += mm/\nsubdir-ccflags-y += -DALL -Werror\n")
            .With("arch/x86/mm/Makefile", """
                obj-y += fault.o other.o
                ccflags-y := -I $(srctree)/$(src)/ -I$(obj)/../include -DHERE="a b" -O3 -fplugin=x.so -include $(src)/x.h
                CFLAGS_fault.o := -I $(srctree)/$(src)/../include/asm/trace -DFAULT -UX -D SPLIT
                CFLAGS_other.o := -I/usr/include -I ../../../.. -I $(src)/../../../../../outside
                """)
            .With("arch/x86/mm/fault.c", "").With("arch/x86/mm/other.c", "");
        var kbuild = Create("", tree);
        var fault = kbuild.FlagsOf("arch/x86/mm/fault.c");
        Assert.Equal((string[])["arch/x86/mm", "arch/x86/include", "arch/x86/include/asm/trace"], fault.IncludeDirectories);
        Assert.Equal((string[])["-DALL", "-DHERE=a b", "-DFAULT", "-UX", "-DSPLIT"], fault.Macros);
        Assert.Empty(fault.Problems);

        var other = kbuild.FlagsOf("arch/x86/mm/other.c");
        Assert.Equal((string[])["arch/x86/mm", "arch/x86/include"], other.IncludeDirectories);
        Assert.Equal(3, other.Problems.Length);
    }

    [Fact]
    public void IncludedMakefilesAreRead()
    {
        var tree = Tree("a").With("mm/Makefile", "include $(srctree)/mm/more.mk\n-include nothing\n").With("mm/more.mk", "obj-y += a.o\n");
        Assert.Equal("a", Names(Create("", tree)));
    }

    [Theory]
    [InlineData("X = $(X)\nobj-y += $(X)\n", "refer to themselves")]
    [InlineData("A = $(B)\nB = $(A)\nobj-y += $(A)\n", "refer to themselves")]
    [InlineData("include $(srctree)/mm/Makefile\n", "include each other")]
    [InlineData("else\nendif\n", "without a condition")]
    [InlineData("ifdef CONFIG_X\nifdef CONFIG_Y\n", "not closed")]
    public void HostileMakefilesEnd(string makefile, string problem)
    {
        var kbuild = Create("", Tree("a b").With("mm/Makefile", $"obj-y += a.o\n{makefile}"));
        Assert.Equal("a", Names(kbuild));
        Assert.Contains(kbuild.FlagsOf("mm/a.c").Problems, p => p.Message.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void VariablesThatDoubleEnd()
    {
        var makefile = "A0 := 0123456789abcdef\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"A{i + 1} := $(A{i})$(A{i})\n"));
        var kbuild = Create("", Tree("a").With("mm/Makefile", $"obj-y += a.o\n{makefile}"));
        Assert.Equal("a", Names(kbuild));
        Assert.Contains(kbuild.FlagsOf("mm/a.c").Problems, p => p.Message.Contains("4 million", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("obj-y += $(((((((((\n")]
    [InlineData("obj-y += $\n")]
    [InlineData("$(\n")]
    [InlineData("= x\n")]
    [InlineData(":\n")]
    [InlineData("ifeq\nifeq (\nifeq (a\nifeq \"\nendif\nendif\nendif\nendif\n")]
    [InlineData("obj-y += ../../../../etc/x.o /etc/y.o .o / .. ../../\n")]
    [InlineData("obj-y += $(subst ,x,y) $(patsubst) $(filter) $(if) $(or) $(and) $(sort)\n")]
    [InlineData("define x\n")]
    public void BrokenLinesHurtOnlyThemselves(string makefile) =>
        Assert.Equal("a", Names(Create("", Tree("a").With("mm/Makefile", $"obj-y += a.o\n{makefile}"))));

    [Fact]
    public void HundredThousandContinuedLines()
    {
        var makefile = "obj-y += a.o " + string.Concat(Enumerable.Repeat("\\\n", 500_000)) + " b.o\n";
        Assert.Equal("a b", Names(Create("", Tree("a b").With("mm/Makefile", makefile))));
    }

    private static MemoryTree Tree(string names)
    {
        var tree = MemoryTree.Kernel();
        foreach (var name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            tree.With($"mm/{name}.c", "");
        }

        return tree;
    }

    private static Kbuild Create(string configuration, MemoryTree tree) =>
        new(tree, Architecture.X86, KernelConfiguration.FromSettings("test", configuration), new KernelVersion(6, 1, 0, ""));

    private static string Names(Kbuild kbuild) => string.Join(' ', kbuild.Selected("mm").Select(path => Path.GetFileNameWithoutExtension(path)));
}
