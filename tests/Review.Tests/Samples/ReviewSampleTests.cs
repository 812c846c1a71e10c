using Review.Tests.Checking;
using Review.Tests.Cli;
using YamlDotNet.RepresentationModel;

namespace Review.Tests.Samples;

/// <summary>The samples in samples/02-review-a-patch do what they say.</summary>
public sealed class ReviewSampleTests : IDisposable
{
    private readonly MiniKernel kernel = new();

    private static string Samples => Path.Combine(AppContext.BaseDirectory, "samples", "02-review-a-patch");

    [Fact]
    public void The_hook_stops_a_push_with_findings_and_lets_others_through()
    {
        TestProgram.Commit(kernel.Tree);
        TestProgram.Git(kernel.Tree, "clone", "--quiet", "--bare", ".", kernel.Beside("remote.git"));
        TestProgram.Git(kernel.Tree, "remote", "add", "origin", kernel.Beside("remote.git"));
        TestProgram.Git(kernel.Tree, "fetch", "--quiet", "origin");
        var hook = kernel.At(".git/hooks/pre-push");
        _ = Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        File.Copy(Path.Combine(Samples, "pre-push"), hook, overwrite: true);
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        kernel.Write("mm/gup.c", "int gup(void)\n{\n\treturn 1;\n}\n");
        TestProgram.Commit(kernel.Tree);
        var clean = Push();
        Assert.True(clean.Status == 0, clean.Errors);

        kernel.Write("mm/gup.c", File.ReadAllText(kernel.At("mm/madvise.c")).Replace("zap", "unmap", StringComparison.Ordinal));
        TestProgram.Commit(kernel.Tree);
        var stopped = Push();
        Assert.NotEqual(0, stopped.Status);
        Assert.Contains("notifier-range-uninit", stopped.Errors, StringComparison.Ordinal);
        Assert.NotEqual(TestProgram.Git(kernel.Tree, "rev-parse", "HEAD"), TestProgram.Git(kernel.Beside("remote.git"), "rev-parse", "main"));

        // A new branch is reviewed from where it left what the other side has.
        TestProgram.Git(kernel.Tree, "checkout", "--quiet", "-b", "topic");
        Assert.NotEqual(0, Push("topic").Status);
        TestProgram.Git(kernel.Tree, "reset", "--quiet", "--hard", "HEAD~1");
        Assert.Equal(0, Push("topic").Status);
    }

    [Theory]
    [InlineData("github-actions.yml")]
    [InlineData("gitlab-ci.yml")]
    public void The_yaml_is_well_formed_and_calls_a_command_that_exists(string name)
    {
        var file = Path.Combine(Samples, name);
        var text = File.ReadAllText(file);
        Assert.DoesNotContain('\t', text);
        Assert.Contains("mmreview\" check --kernel . --rev \"$", text, StringComparison.Ordinal);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        Assert.IsType<YamlMappingNode>(Assert.Single(yaml.Documents).RootNode);
        var options = kernel.Run(["check", "--help"]).Output;
        Assert.All(text.Split(' ', '\n').Where(static word => word.StartsWith("--", StringComparison.Ordinal)), option => Assert.Contains(option, options, StringComparison.Ordinal));
    }

    public void Dispose() => kernel.Dispose();

    private ProgramResult Push(string branch = "main")
    {
        var program = kernel.Beside("mmreview");
        File.WriteAllText(program, $"#!/bin/sh\nexec dotnet {Path.Combine(AppContext.BaseDirectory, "mmreview.dll")} \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return TestProgram.Run("git", kernel.Tree, ["push", "origin", branch], ("MMREVIEW", program), ("MMREVIEW_CACHE", kernel.Beside("cache")), ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"));
    }
}
