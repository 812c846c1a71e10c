using System.Diagnostics;
using System.Text.Json.Nodes;
using Review.Tests.Cli;

namespace Review.Tests.Checking;

/// <summary><c>mmreview check</c> on a real kernel.</summary>
public sealed class RealCheckTests : IDisposable
{
    private static readonly string[] Files = ["mm/madvise.c", "mm/gup.c", "mm/damon/core.c"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [KernelFact]
    public void A_bare_clone_and_any_number_of_threads_give_the_bytes_of_the_work_tree()
    {
        var bare = folder.At("bare.git");
        TestProgram.Git(folder.Path, "clone", "--quiet", "--bare", "--shared", KernelFactAttribute.KernelFolder!, bare);
        var work = Check(KernelFactAttribute.KernelFolder!, "-j", "1");
        var commit = Check(bare, "-j", "2", "--rev", "HEAD");
        Assert.Equal(work.Status, commit.Status);
        Assert.Equal(("", ""), (work.Errors, commit.Errors));
        var (fromFiles, fromObjects) = (JsonNode.Parse(work.Output)!.AsObject(), JsonNode.Parse(commit.Output)!.AsObject());
        Assert.Equal(TestProgram.Git(bare, "rev-parse", "HEAD"), (string?)fromObjects["kernel"]!["rev"]);
        fromObjects["kernel"]!["rev"] = null;
        Assert.Equal(fromFiles.ToJsonString(), fromObjects.ToJsonString());
        Assert.Empty(fromFiles["notAnalysed"]!.AsArray());
        Assert.Equal(Files.Order(StringComparer.Ordinal), fromFiles["files"]!.AsArray().Select(static file => (string)file!["file"]!));
        Assert.All(fromFiles["files"]!.AsArray(), static file => Assert.True((int)file!["functions"]! > 20));
    }

    [KernelFact]
    public void Both_architectures_parse_the_two_files_without_errors()
    {
        var result = Run(KernelFactAttribute.KernelFolder!, "mm/madvise.c", "mm/gup.c", "--arch", "x86_64,arm64", "--format", "json");
        Assert.Equal("", result.Errors);
        Assert.Empty(JsonNode.Parse(result.Output)!["notAnalysed"]!.AsArray());
    }

    [KernelFact]
    public void Interrupting_leaves_no_half_file()
    {
        var target = folder.At("result.json");
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), "check", "mm/*.c", "--kernel", KernelFactAttribute.KernelFolder!, "--format", "json", "-o", target])
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardError = true,
            Environment = { ["MMREVIEW_CACHE"] = folder.At("cache") },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        Assert.False(process.WaitForExit(TimeSpan.FromSeconds(2)), "all of mm/ in two seconds is too fast to interrupt");
        Assert.Equal(0, TestProgram.Run("kill", "/", ["-INT", $"{process.Id}"]).Status);
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(20)), "it does not end when interrupted");
        Assert.Equal((130, "mmreview: interrupted\n"), (process.ExitCode, errors.GetAwaiter().GetResult()));
        Assert.Equal([folder.At("cache")], Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.Empty(Directory.EnumerateDirectories(folder.At("cache/tmp")));
    }

    private ProgramResult Check(string kernel, params string[] arguments) => Run(kernel, [.. Files, "--format", "json", .. arguments]);

    private ProgramResult Run(string kernel, params string[] arguments) => TestProgram.Run(
        "dotnet",
        folder.Path,
        [Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), "check", "--kernel", kernel, .. arguments],
        ("MMREVIEW_CACHE", folder.At("cache")),
        ("MMREVIEW_KERNEL", null));
}
