namespace Review.Tests.Cli;

/// <summary>build/setup.sh on machines that lack something, with a stand-in for apt-get.</summary>
public sealed class SetupScriptTests : IDisposable
{
    private const string NothingInstalled = "has_library() { return 1; }; ";

    private readonly TemporaryFolder folder = new();

    public SetupScriptTests()
    {
        Directory.CreateDirectory(folder.At("root/artifacts/setup"));
        Program("apt-get", "echo \"$@\" >> \"$APT_LOG\"; exit ${APT_STATUS:-0}");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Says_what_is_missing_and_why_and_installs_it_without_questions()
    {
        Program("id", "echo 0");
        var result = Run(NothingInstalled + "want_libraries && install_missing");
        Assert.Equal(0, result.Status);
        Assert.Contains("missing: libclang1-19 (", result.Errors, StringComparison.Ordinal);
        Assert.Contains("missing: libgit2-1.5 (", result.Errors, StringComparison.Ordinal);
        var call = Assert.Single(File.ReadAllLines(folder.At("apt.log")));
        Assert.EndsWith("install -y --no-install-recommends libclang1-19 libgit2-1.5", call, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_root_prints_the_exact_command()
    {
        Program("id", "echo 1000");
        Program("sudo", "exit 1");
        var result = Run(NothingInstalled + "want_libraries; install_missing || exit 2");
        Assert.Equal(2, result.Status);
        Assert.Contains("sudo apt-get install -y --no-install-recommends libclang1-19 libgit2-1.5\n", result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.At("apt.log")));
    }

    [Fact]
    public void With_sudo_that_asks_nothing_uses_it()
    {
        Program("id", "echo 1000");
        Program("sudo", "echo sudo >> \"$APT_LOG\"; shift; exec \"$@\"");
        Assert.Equal(0, Run(NothingInstalled + "want_libraries; install_missing").Status);
        Assert.Contains("sudo", File.ReadAllLines(folder.At("apt.log")));
    }

    [Fact]
    public void When_installing_fails_updates_the_lists_once_and_then_says_so()
    {
        Program("id", "echo 0");
        var result = Run(NothingInstalled + "want_libraries; install_missing || exit 2", ("APT_STATUS", "100"));
        Assert.Equal(2, result.Status);
        Assert.Contains("that failed", result.Errors, StringComparison.Ordinal);
        Assert.Contains(File.ReadAllLines(folder.At("apt.log")), line => line.EndsWith("update", StringComparison.Ordinal));
    }

    [Fact]
    public void Asks_for_nothing_when_everything_is_there()
    {
        var result = Run("has_library() { return 0; }; want_libraries && install_missing");
        Assert.Equal((0, string.Empty), (result.Status, result.Errors));
    }

    [Fact]
    public void The_environment_chooses_the_bindings_without_a_probe()
    {
        var result = Run("choose_modes; echo \"$modes\"", ("ClangSharpMode", "package"), ("LibGit2Mode", "system"));
        Assert.Equal("package system\n", result.Output);
    }

    [Fact]
    public void What_a_probe_found_is_remembered()
    {
        Program("dotnet", "case \"$*\" in *ClangSharp.Interop*) exit 0 ;; *) exit 1 ;; esac");
        Assert.Equal("package system\n", Run("choose_modes; echo \"$modes\"").Output);
        Program("dotnet", "exit 1");
        Assert.Equal("package system\n", Run("choose_modes; echo \"$modes\"").Output);
    }

    private static string Repository()
    {
        var here = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(here, "Review.sln")))
        {
            here = Path.GetDirectoryName(here)!;
        }

        return here;
    }

    private void Program(string name, string script)
    {
        folder.Write("bin/" + name, "#!/bin/sh\n" + script + "\n");
        File.SetUnixFileMode(folder.At("bin/" + name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private ProgramResult Run(string script, params (string Name, string? Value)[] environment) =>
        TestProgram.Run(
            "sh",
            folder.Path,
            ["-c", "root=$1; . \"$2\"; " + script, "sh", folder.At("root"), Path.Combine(Repository(), "build/setup.sh")],
            [
                ("PATH", folder.At("bin") + ":" + Environment.GetEnvironmentVariable("PATH")),
                ("APT_LOG", folder.At("apt.log")),
                ("ClangSharpMode", null),
                ("LibGit2Mode", null),
                .. environment,
            ]);
}
