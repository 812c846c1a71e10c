using System.Diagnostics;

namespace Review.Tests.Cli;

/// <summary>What a program that a test ran left behind.</summary>
internal sealed record ProgramResult(int Status, string Output, string Errors);

/// <summary>Runs programs for tests, away from the configuration of the person who runs the tests.</summary>
internal static class TestProgram
{
    /// <summary>The program of machine code that users run, named by MMREVIEW_TEST_PROGRAM; null to test the portable one that lies beside the tests.</summary>
    public static string? NativeProgram => Environment.GetEnvironmentVariable("MMREVIEW_TEST_PROGRAM") is { Length: > 0 } file ? file : null;

    /// <summary>Runs a program to its end; a value of null removes a variable from its environment.</summary>
    public static ProgramResult Run(string name, string folder, IEnumerable<string> arguments, params (string Name, string? Value)[] environment)
    {
        string[] words = [.. arguments];
        var isOurs = name == "dotnet" && words is [var library, ..] && library == Path.Combine(AppContext.BaseDirectory, "mmreview.dll");
        // Machine code loads no assemblies; and the dashboard lies beside the tests.
        var isPortable = words.Contains("--analyzer") || words is [_, "bot", "serve", ..];
        var (program, rest) = isOurs && !isPortable && NativeProgram is { } native ? (native, words[1..]) : (name, words);
        var start = new ProcessStartInfo(program, rest)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ProgramResult(process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    /// <summary>Runs git with a fixed identity and date; returns its output without the last line end.</summary>
    public static string Git(string folder, params string[] arguments)
    {
        var result = Run(
            "git",
            folder,
            ["-c", "init.defaultBranch=main", "-c", "user.name=Test", "-c", "user.email=test@localhost", .. arguments],
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z"),
            ("GIT_COMMITTER_DATE", "2001-01-01T00:00:00Z"));
        Assert.True(result.Status == 0, $"git {string.Join(' ', arguments)}: {result.Errors}");
        return result.Output.TrimEnd('\n');
    }

    /// <summary>Puts everything in a folder under git as one commit, and returns its id.</summary>
    public static string Commit(string folder)
    {
        if (!Directory.Exists(Path.Combine(folder, ".git")))
        {
            Git(folder, "init", "--quiet", ".");
        }

        Git(folder, "add", "--all", "--force", ".");
        Git(folder, "commit", "--quiet", "--message", "state");
        return Git(folder, "rev-parse", "HEAD");
    }
}
