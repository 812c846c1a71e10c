using System.Text.Json.Nodes;
using Review.Tests.Cli;

namespace Review.Tests.Checking;

/// <summary>
/// A kernel tree of our own with the least that <c>mmreview check</c> needs: two files with one finding between them, and a
/// third that the default configuration does not compile. With a cache of its own.
/// </summary>
internal sealed class MiniKernel : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public MiniKernel()
    {
        Write("Makefile", "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\nEXTRAVERSION =\n");
        Write("Kconfig", "mainmenu \"mini\"\nconfig 64BIT\n\tdef_bool y\nconfig HZ\n\tint\n\tdefault 250\nconfig SELDOM\n\tbool \"seldom\"\n");
        Write("Kbuild", "obj-y += mm/\n");
        Write("arch/x86/configs/x86_64_defconfig", "");
        Write("arch/arm64/configs/defconfig", "");
        Write("arch/x86/entry/syscalls/syscall_32.tbl", "");
        Write("arch/x86/entry/syscalls/syscall_64.tbl", "");
        Write("include/linux/mmu_notifier.h", """
            struct mmu_notifier_range { unsigned long start, end; };
            void mmu_notifier_range_init(struct mmu_notifier_range *range, int event, unsigned flags, void *vma, void *mm, unsigned long start, unsigned long end);
            void mmu_notifier_invalidate_range_start(struct mmu_notifier_range *range);
            void mmu_notifier_invalidate_range_end(struct mmu_notifier_range *range);

            """);
        Write("mm/Makefile", "obj-y += madvise.o gup.o\nobj-$(CONFIG_SELDOM) += seldom.o\n");
        Write("mm/internal.h", "#include <linux/mmu_notifier.h>\n");
        Write("mm/madvise.c", """
            #include "internal.h"

            void zap(unsigned long start)
            {
            	struct mmu_notifier_range range;

            	range.start = start;
            	mmu_notifier_invalidate_range_start(&range);
            	mmu_notifier_invalidate_range_end(&range);
            }

            """);
        Write("mm/gup.c", "int gup(void)\n{\n\treturn 0;\n}\n");
        Write("mm/seldom.c", "int seldom(void)\n{\n\treturn 0;\n}\n");
    }

    /// <summary>The tree's folder.</summary>
    public string Tree => folder.At("linux");

    /// <summary>The absolute path of something beside the tree.</summary>
    public string Beside(string path) => folder.At(path);

    /// <summary>The absolute path of something in the tree.</summary>
    public string At(string path) => Path.Combine(Tree, path);

    public void Write(string path, string text) => folder.Write("linux/" + path, text);

    /// <summary>Puts the tree as it is into a bare repository beside it and gives the repository's folder.</summary>
    public string ToBareRepository()
    {
        TestProgram.Commit(Tree);
        var bare = Beside("bare.git");
        TestProgram.Git(folder.Path, "clone", "--quiet", "--bare", Tree, bare);
        return bare;
    }

    /// <summary>Runs <c>mmreview check</c> on the tree.</summary>
    public ProgramResult Check(params string[] arguments) => CheckIn(Tree, arguments);

    /// <summary>Runs <c>mmreview check</c> on another tree or repository.</summary>
    public ProgramResult CheckIn(string kernel, params string[] arguments) => Run(["check", "--kernel", kernel, .. arguments]);

    /// <summary>Runs the program.</summary>
    public ProgramResult Run(string[] arguments, params (string Name, string? Value)[] environment) => TestProgram.Run(
        "dotnet",
        folder.Path,
        [Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), .. arguments],
        [("MMREVIEW_CACHE", Beside("cache")), ("MMREVIEW_KERNEL", null), ("MMREVIEW_TRACE", null), .. environment]);

    /// <summary>The result of a run as JSON.</summary>
    public JsonObject Json(params string[] arguments)
    {
        var result = Check(["--format", "json", .. arguments]);
        Assert.True(result.Status is 0 or 1, result.Errors);
        return JsonNode.Parse(result.Output)!.AsObject();
    }

    public void Dispose() => folder.Dispose();
}
