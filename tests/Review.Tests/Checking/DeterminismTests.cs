using Review.Tests.Cli;

namespace Review.Tests.Checking;

/// <summary>The bytes of a report do not depend on the number of threads, on the real kernel.</summary>
public sealed class DeterminismTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [KernelFact]
    public void One_to_four_threads_give_the_same_bytes()
    {
        // Without kept results, but with the headers that all runs share.
        var reports = Enumerable.Range(1, 4).Select(threads =>
        {
            var result = TestProgram.Run(
                "dotnet",
                folder.Path,
                [
                    Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), "check", "mm/madvise.c", "mm/mremap.c", "mm/mprotect.c", "mm/swapfile.c",
                    "--kernel", Environment.GetEnvironmentVariable("MMREVIEW_TEST_KERNEL")!, "-j", $"{threads}", "--profile", "--format", "sarif", "--fail-on", "never",
                ],
                ("MMREVIEW_CACHE", folder.At("cache")));
            Assert.True(result.Status == 0, result.Errors);
            return result.Output;
        }).ToList();
        Assert.All(reports, report => Assert.Equal(reports[0], report));
    }
}
