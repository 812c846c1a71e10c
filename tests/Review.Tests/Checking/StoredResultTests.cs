using System.Text;
using Review.Tests.Cli;

namespace Review.Tests.Checking;

/// <summary>Results that are kept from one run to the next, on a small tree of our own.</summary>
public sealed class StoredResultTests : IDisposable
{
    private readonly MiniKernel kernel = new();

    public void Dispose() => kernel.Dispose();

    [Fact]
    public void A_second_run_is_answered_from_the_cache()
    {
        var first = kernel.Check();
        Tamper(static entry => entry.Replace("mmu_notifier_invalidate_range_start", "tampered_notifier_invalidate_range_", StringComparison.Ordinal));
        Assert.NotEqual(first.Output, kernel.Check().Output);
        Assert.Equal(first.Output, kernel.Check("--no-cache").Output);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("html")]
    [InlineData("text")]
    public void Its_report_has_the_same_bytes(string format)
    {
        var first = kernel.Check("--format", format);
        Assert.Equal(2, Entries().Length);
        Assert.Equal(first, kernel.Check("--format", format));
    }

    [Theory]
    [InlineData("mm/madvise.c", "int clean(void)\n{\n\treturn 1;\n}\n")]
    [InlineData("mm/internal.h", "#include <linux/mmu_notifier.h>\n#define mmu_notifier_invalidate_range_start(range) ((void)((range)->start = (range)->end = 0))\n")]
    [InlineData("mm/linux/mmu_notifier.h", "")]
    [InlineData("include/linux/mmu_notifier.h", "struct mmu_notifier_range { unsigned long start, end; };\nvoid mmu_notifier_invalidate_range_end(struct mmu_notifier_range *range);\n")]
    [InlineData("mm/Makefile", "obj-y += gup.o\n")]
    [InlineData(".editorconfig", "root = true\n[*.c]\ndotnet_diagnostic.notifier-range-uninit.severity = none\n")]
    public void It_counts_until_something_changes_that_it_depends_on(string path, string text)
    {
        _ = kernel.Check("--format", "json");
        kernel.Write(path, text);
        var after = kernel.Check("--format", "json");
        Assert.Equal(kernel.Check("--format", "json", "--no-cache").Output, after.Output);
    }

    [Fact]
    public void Headers_are_compiled_for_who_comes_back_and_change_nothing()
    {
        var first = kernel.Check("--format", "json");
        Assert.Empty(CompiledHeaders());
        foreach (var run in (string[])["compiles them", "uses them"])
        {
            foreach (var entry in Entries())
            {
                File.Delete(entry);
            }

            Assert.True(first == kernel.Check("--format", "json"), run);
            _ = Assert.Single(CompiledHeaders());
        }

        string[] CompiledHeaders() => Directory.GetFiles(kernel.Beside("cache"), "*.pch", SearchOption.AllDirectories);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("\u00ff\u00ff\u00ff\u00ff")]
    [InlineData("\u00ff\u00ff\u00ff\u007f")]
    [InlineData("\u0001\u0000\u0000\u0000\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff")]
    public void A_damaged_entry_is_none(string damage)
    {
        var first = kernel.Check();
        Tamper(_ => damage);
        Assert.Equal(first, kernel.Check());
    }

    [Fact]
    public void An_entry_that_is_cut_off_or_goes_on_is_none()
    {
        var first = kernel.Check();
        Tamper(static entry => entry[..^1]);
        Assert.Equal(first, kernel.Check());
        Tamper(static entry => entry + "more");
        Assert.Equal(first, kernel.Check());
    }

    [Fact]
    public void What_could_not_be_analysed_is_looked_at_again()
    {
        kernel.Write("mm/gup.c", "#error not today\n");
        _ = kernel.Check();
        Assert.Contains("madvise", File.ReadAllText(Assert.Single(Entries())), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_not_looked_at_again_because_of_one_in_another_directory()
    {
        kernel.Write("mm/Makefile", "obj-y += madvise.o gup.o more/\n");
        kernel.Write("mm/more/Makefile", "obj-y += more.o\n");
        kernel.Write("mm/more/more.c", "int more(void)\n{\n\treturn 0;\n}\n");
        _ = kernel.Check("mm/**/*.c");
        Tamper(static entry => entry.Replace("mmu_notifier_invalidate_range_start", "tampered_notifier_invalidate_range_", StringComparison.Ordinal));
        kernel.Write("mm/more/more.c", "int more(void)\n{\n\treturn 1;\n}\n");
        Assert.Contains("tampered", kernel.Check("mm/**/*.c").Output, StringComparison.Ordinal);
        kernel.Write("mm/gup.c", "int gup(void)\n{\n\treturn 1;\n}\n");
        Assert.DoesNotContain("tampered", kernel.Check("mm/**/*.c").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_counts_for_other_commits_with_the_same_content()
    {
        TestProgram.Commit(kernel.Tree);
        _ = kernel.Check("--rev", "HEAD");
        Tamper(static entry => entry.Replace("mmu_notifier_invalidate_range_start", "tampered_notifier_invalidate_range_", StringComparison.Ordinal));
        kernel.Write("README", "another commit");
        TestProgram.Commit(kernel.Tree);
        Assert.Contains("tampered", kernel.Check("--rev", "HEAD").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("tampered", kernel.Check("--rev", "HEAD", "--no-cache").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_with_the_stamps_of_the_last_time_are_not_read_again()
    {
        var first = kernel.Check();
        var written = File.GetLastWriteTimeUtc(kernel.At("mm/internal.h"));
        kernel.Write("mm/internal.h", File.ReadAllText(kernel.At("mm/internal.h")).Replace("include", "exclude", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(kernel.At("mm/internal.h"), written);
        Assert.Equal(first, kernel.Check());
        File.SetLastWriteTimeUtc(kernel.At("mm/internal.h"), written.AddTicks(1));
        Assert.NotEqual(first, kernel.Check());
    }

    [Fact]
    public void Files_that_were_touched_are_read_once()
    {
        var first = kernel.Check();
        var stamped = Entries().ToDictionary(static entry => entry, File.ReadAllBytes, StringComparer.Ordinal);
        File.SetLastWriteTimeUtc(kernel.At("mm/internal.h"), File.GetLastWriteTimeUtc(kernel.At("mm/internal.h")).AddTicks(-1));
        Assert.Equal(first, kernel.Check());
        Assert.Equal(stamped.Keys.Order(StringComparer.Ordinal), Entries().Order(StringComparer.Ordinal));
        _ = Assert.Single(stamped, static entry => !File.ReadAllBytes(entry.Key).AsSpan().SequenceEqual(entry.Value));
    }

    private string[] Entries() => Directory.Exists(kernel.Beside("cache/results")) ? Directory.GetFiles(kernel.Beside("cache/results")) : [];

    private void Tamper(Func<string, string> change)
    {
        var entry = Assert.Single(Entries(), static entry => File.ReadAllText(entry).Contains("invalidate_range_start", StringComparison.Ordinal));
        File.SetUnixFileMode(entry, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(entry, change(File.ReadAllText(entry, Encoding.Latin1)), Encoding.Latin1);
    }
}
