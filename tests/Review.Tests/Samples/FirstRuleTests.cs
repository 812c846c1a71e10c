using FirstRule;
using Review.Tests.Checking;

namespace Review.Tests.Samples;

/// <summary>The rule of samples/01-first-rule, used as its README says.</summary>
public sealed class FirstRuleTests : IDisposable
{
    private static readonly string[] Analyzer = ["--analyzer", typeof(IgnoredTrylock).Assembly.Location];

    private readonly MiniKernel kernel = new();

    [Fact]
    public void It_finds_what_its_page_says()
    {
        kernel.Write(
            "mm/gup.c",
            """
            struct mm_struct;
            int mmap_read_trylock(struct mm_struct *mm);
            void mmap_read_unlock(struct mm_struct *mm);

            void good(struct mm_struct *mm)
            {
            	if (mmap_read_trylock(mm))
            		mmap_read_unlock(mm);
            }

            void bad(struct mm_struct *mm)
            {
            	mmap_read_trylock(mm);
            	mmap_read_unlock(mm);
            }

            """);
        var finding = Assert.Single(kernel.Json(["mm/gup.c", "--rules", "ignored-trylock", .. Analyzer])["findings"]!.AsArray())!;
        Assert.Equal(("MINE0001", "bad", "mmap_read_trylock() may fail, and nobody reads its answer"), ((string)finding["id"]!, (string)finding["function"]!, (string)finding["message"]!));
    }

    [Fact]
    public void Its_page_is_explained_and_it_is_listed()
    {
        Assert.StartsWith("ignored-trylock\n", kernel.Run(["explain", "ignored-trylock", .. Analyzer]).Output, StringComparison.Ordinal);
        Assert.Contains("MINE0001", kernel.Run(["rules", .. Analyzer]).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("MINE0001", kernel.Run(["rules"]).Output, StringComparison.Ordinal);
    }

    public void Dispose() => kernel.Dispose();
}
