using System.Diagnostics;
using Review.Cli;
using Review.Cli.Exploring;
using Review.Model.Eras;
using Review.Model.Exploration;
using Review.Model.Scenarios;

namespace Review.Tests.Exploration;

/// <summary>The programs that provoke a violation: they compile without a warning, and judge the kernel they run on.</summary>
public sealed class KselftestTests
{
    private const int Passed = 0;
    private const int Failed = 1;

    [Fact]
    public void The_race_is_provoked_on_the_running_kernel()
    {
        var found = ExplorationFiles.Race.On(KernelEra.V6_1);
        var program = KselftestProgram.Write(ExplorationFiles.Race, found.Result.Violation!, found.Program.Names.ExpressionOf);
        var folder = Directory.CreateTempSubdirectory("mmreview-kselftest");
        try
        {
            var source = Path.Combine(folder.FullName, "race.c");
            File.WriteAllText(source, program);
            var (compiled, messages) = Run("clang-19", "-O1", "-Wall", "-Wextra", "-Werror", "-pthread", "-o", Path.Combine(folder.FullName, "race"), source);
            Assert.True(compiled == 0, messages);

            var (status, output) = Run(Path.Combine(folder.FullName, "race"));

            // The walk was rewritten in 6.13.
            Assert.Equal(Environment.OSVersion.Version >= new Version(6, 13) ? Passed : Failed, status);
            Assert.Contains(status == Passed ? "ok 1 uffd-remove-race" : "not ok 1 uffd-remove-race", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void An_interleaving_that_no_program_can_enforce_is_refused()
    {
        var race = ExplorationFiles.Race;
        var found = race.On(KernelEra.V6_1);

        // The event was not sent by then, so nothing keeps the call where it is.
        var torn = found.Result.Violation! with { Steps = [found.Result.Violation.Steps[0], .. found.Result.Violation.Steps.Where(static step => step.Thread == 1)] };

        var refused = Assert.Throws<UserError>(() => KselftestProgram.Write(race, torn, found.Program.Names.ExpressionOf));
        Assert.Contains("in the middle of madvise", refused.Message, StringComparison.Ordinal);
    }

    private static (int Status, string Output) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
