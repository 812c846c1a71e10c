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
        Tamper(static entry => entry.Replace("mmu_notifier_invalidate_range_start", "tampered", StringComparison.Ordinal));
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
        Assert.Single(Entries());
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

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{\"Inputs\":[],\"Result\":null}")]
    [InlineData("[]")]
    public void A_damaged_entry_is_none(string damage)
    {
        var first = kernel.Check();
        Tamper(_ => damage);
        Assert.Equal(first, kernel.Check());
    }

    [Fact]
    public void What_could_not_be_analysed_is_looked_at_again()
    {
        kernel.Write("mm/gup.c", "#error not today\n");
        _ = kernel.Check();
        Assert.Empty(Entries());
    }

    private string[] Entries() => Directory.Exists(kernel.Beside("cache/results")) ? Directory.GetFiles(kernel.Beside("cache/results")) : [];

    private void Tamper(Func<string, string> change)
    {
        var entry = Assert.Single(Entries());
        File.SetUnixFileMode(entry, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(entry, change(File.ReadAllText(entry)));
    }
}
