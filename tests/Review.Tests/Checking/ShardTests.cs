using System.Collections.Immutable;
using Review.Cli;
using Review.Cli.Check;

namespace Review.Tests.Checking;

/// <summary>A check that is cut into parts, and put together again.</summary>
public sealed class ShardTests : IDisposable
{
    private static string Defect(string function) => $$"""
        #include "internal.h"
        void {{function}}(unsigned long start)
        {
        	struct mmu_notifier_range range;

        	range.start = start;
        	mmu_notifier_invalidate_range_start(&range);
        	mmu_notifier_invalidate_range_end(&range);
        }

        """;

    private readonly MiniKernel kernel = new();

    public ShardTests()
    {
        // The initialisation is in another file, so that zap() is right only if both are looked at together.
        kernel.Write("mm/gup.c", "#include \"internal.h\"\nvoid prepare(struct mmu_notifier_range *range)\n{\n\tmmu_notifier_range_init(range, 0, 0, 0, 0, 0, 1);\n}\n");
        kernel.Write("mm/swap.c", "#include \"internal.h\"\nvoid prepare(struct mmu_notifier_range *range);\nvoid swap(void)\n{\n\tstruct mmu_notifier_range range;\n\n\tprepare(&range);\n\tmmu_notifier_invalidate_range_start(&range);\n\tmmu_notifier_invalidate_range_end(&range);\n}\n");
        kernel.Write("mm/Makefile", "obj-y += madvise.o gup.o swap.o damon/\n");
        kernel.Write("mm/damon/Makefile", "obj-y += core.o broken.o\n");
        kernel.Write("mm/damon/internal.h", "#include <linux/mmu_notifier.h>\n");
        kernel.Write("mm/damon/core.c", Defect("core"));
        kernel.Write("mm/damon/broken.c", "#error no\n");
        kernel.Write("fs/Makefile", "obj-y += inode.o\n");
        kernel.Write("fs/internal.h", "#include <linux/mmu_notifier.h>\n");
        kernel.Write("fs/inode.c", "/* mmreview: allow notifier-range-uninit -- tried */\n" + Defect("inode"));
    }

    public void Dispose() => kernel.Dispose();

    [Fact]
    public void All_means_what_kbuild_compiles_and_two_stars_any_directory()
    {
        Assert.Contains("\"files\": 6,", kernel.Check("--all", "--format", "json").Output, StringComparison.Ordinal);
        Assert.Contains("\"files\": 5,", kernel.Check("mm/**/*.c", "--format", "json").Output, StringComparison.Ordinal);
        Assert.Contains("exclude", kernel.Check("--all", "mm/gup.c").Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json", 2)]
    [InlineData("json", 6)]
    [InlineData("sarif", 3)]
    [InlineData("sarif", 9)]
    public void The_parts_merged_have_the_bytes_of_the_whole(string format, int count)
    {
        var whole = kernel.Check("--all", "--format", format);
        var parts = new List<string>();
        for (var number = count; number > 0; number--)
        {
            var file = kernel.Beside($"{number}.{format}");
            Assert.NotEqual(3, kernel.Check("--all", "--shard", $"{number}/{count}", "--format", format, "-o", file, "--no-cache").Status);
            parts.Add(file);
        }

        var merged = kernel.Run(["merge", .. parts]);
        Assert.Equal(whole.Output, merged.Output);
        Assert.Equal(whole.Status, merged.Status);
        Assert.Equal(whole.Output, kernel.Run(["merge", .. parts, parts[0]]).Output);
    }

    [Fact]
    public void Reports_of_different_kernels_are_not_merged()
    {
        _ = kernel.Check("--format", "json", "-o", kernel.Beside("a.json"));
        kernel.Write("Makefile", "VERSION = 6\nPATCHLEVEL = 2\nSUBLEVEL = 0\nEXTRAVERSION =\n");
        _ = kernel.Check("--format", "json", "-o", kernel.Beside("b.json"));
        _ = kernel.Check("--format", "sarif", "-o", kernel.Beside("c.sarif"));
        File.WriteAllText(kernel.Beside("d.json"), "{}");
        foreach (var (other, word) in new[] { ("b.json", "kernel"), ("c.sarif", "format"), ("d.json", "format"), ("e.json", "cannot be read") })
        {
            var result = kernel.Run(["merge", kernel.Beside("a.json"), kernel.Beside(other)]);
            Assert.Equal(2, result.Status);
            Assert.Contains(word, result.Errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public void Parts_are_the_whole(int count)
    {
        ImmutableArray<string> files = [.. Enumerable.Range(10, 23).Select(static number => $"mm/{number}.c")];
        Assert.Equal(files, Enumerable.Range(1, count).SelectMany(number => new Shard(number, count).Of(files)));
    }

    [Theory]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("1")]
    [InlineData("a/b")]
    [InlineData("-1/2")]
    [InlineData("1/2/3")]
    public void What_is_no_part_is_refused(string text) => Assert.Throws<UserError>(() => Shard.Parse(text));

    [Theory]
    [InlineData(10, 0.5, ", about 10 s left")]
    [InlineData(100, 0.1, ", about 15 min left")]
    [InlineData(1, 0.001, "")]
    [InlineData(1, 1, "")]
    public void What_remains_is_said_in_words(int passed, double share, string words) => Assert.Equal(words, CheckProgress.Remaining(TimeSpan.FromSeconds(passed), share));
}
