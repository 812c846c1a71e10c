namespace Review.Tests.Cli;

/// <summary>The program as people start it: exit statuses, and one line of explanation for every kind of bad input.</summary>
public sealed class ProgramTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Version_names_tool_libraries_and_bindings()
    {
        var result = Run(["--version"]);
        Assert.Equal(0, result.Status);
        var lines = result.Output.TrimEnd('\n').Split('\n');
        Assert.Matches("^mmreview [0-9]+[.][0-9]+[.][0-9]+$", lines[0]);
        Assert.Matches("^libclang [0-9]+[.][0-9]+.* [(]binding: (builtin|package)[)]$", lines[1]);
        Assert.Matches("^libgit2 [0-9]+[.][0-9]+[.][0-9]+ [(]binding: (system|package)[)]$", lines[2]);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public void Version_does_not_load_the_command_line_library()
    {
        File.Copy(ProgramFile, folder.At("mmreview.dll"));
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Where(file => !File.Exists(folder.At(Path.GetFileName(file)))))
        {
            File.Copy(file, folder.At(Path.GetFileName(file)));
        }

        File.Copy(Path.ChangeExtension(ProgramFile, ".runtimeconfig.json"), folder.At("mmreview.runtimeconfig.json"));
        foreach (var slow in new[] { "System.CommandLine.dll", "Microsoft.CodeAnalysis.dll", "LibGit2Sharp.dll" })
        {
            File.Delete(folder.At(slow));
        }

        Assert.Equal(0, TestProgram.Run("dotnet", folder.Path, [folder.At("mmreview.dll"), "--version"]).Status);
    }

    [Fact]
    public void Help_is_no_error() => Assert.Equal(0, Run(["--help"]).Status);

    [Theory]
    [InlineData("no-such-command")]
    [InlineData("kernel", "--no-such-option")]
    [InlineData("kernel", "--kernel")]
    [InlineData("kernel", "--kernel", "/no/such/folder")]
    [InlineData("kernel", "--kernel", "/usr")]
    [InlineData("kernel", "--kernel", "a\nb")]
    public void Bad_usage_and_bad_input_are_one_line(params string[] arguments) => AssertBadInput(Run(arguments));

    [Fact]
    public void A_cache_that_cannot_be_written_is_one_line()
    {
        folder.Write("file", string.Empty);
        var result = Run(["kernel"], ("MMREVIEW_CACHE", folder.At("file/cache")));
        AssertBadInput(result);
        Assert.Contains("set MMREVIEW_CACHE", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_trace_is_shown_on_request()
    {
        var result = Run(["kernel", "--kernel", "/no/such/folder"], ("MMREVIEW_TRACE", "1"));
        Assert.Equal(2, result.Status);
        Assert.Contains("   at Review.Cli.", result.Errors, StringComparison.Ordinal);
    }

    private static string ProgramFile => Path.Combine(AppContext.BaseDirectory, "mmreview.dll");

    private static void AssertBadInput(ProgramResult result)
    {
        Assert.Equal(2, result.Status);
        Assert.Equal(string.Empty, result.Output);
        Assert.Matches("^mmreview: [^\n]*; [^\n]+\n$", result.Errors);
        Assert.DoesNotContain("Exception", result.Errors, StringComparison.Ordinal);
    }

    private ProgramResult Run(string[] arguments, params (string Name, string? Value)[] environment) =>
        TestProgram.Run(
            "dotnet",
            folder.Path,
            [ProgramFile, .. arguments],
            [("MMREVIEW_CACHE", folder.At("cache")), ("MMREVIEW_KERNEL", null), ("MMREVIEW_TRACE", null), .. environment]);
}
