using System.CommandLine;
using Review.Cli;
using Review.Cli.Commands;
using Review.Core.Engine;
using Review.Tests.Cli;

namespace Review.Tests.Report;

/// <summary>The options that reviewing commands share, on a command that analyses a sample.</summary>
public sealed class ReportOptionsTests : IDisposable
{
    private const string Code = "void f(int n)\n{\n\tbad();\n}\nvoid g(int n)\n{\n\tswitch (n) { }\n}\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", ExitStatus.Findings)]
    [InlineData("--fail-on error", ExitStatus.Clean)]
    [InlineData("--fail-on warning", ExitStatus.Findings)]
    [InlineData("--fail-on info", ExitStatus.Findings)]
    [InlineData("--fail-on never", ExitStatus.Clean)]
    public void The_threshold_decides_the_exit_status(string arguments, int status) => Assert.Equal(status, Run(Code, arguments).Status);

    [Fact]
    public void A_failed_rule_is_a_defect_whatever_the_threshold()
    {
        var analysis = new SampleAnalysis { Rules = AnalyzerSet.Create([new DefectiveRule(_ => throw new InvalidCastException())]) }.Add("mm/a.c", "int x;\n");
        Assert.Equal(ExitStatus.Defect, Run(analysis, "--fail-on never").Status);
    }

    [Theory]
    [InlineData("text", "1 file, 2 functions")]
    [InlineData("json", "\"mmreview-findings/1\"")]
    [InlineData("sarif", "\"2.1.0\"")]
    [InlineData("html", "<!DOCTYPE html>")]
    [InlineData("github", "::warning file=mm/a.c")]
    [InlineData("msbuild", "warning KMM9901:")]
    public void The_result_goes_to_the_terminal_or_whole_into_a_file(string format, string sign)
    {
        var printed = Run(Code, "--format " + format).Output;
        Assert.Contains(sign, printed, StringComparison.Ordinal);
        var written = Run(Code, $"--format {format} -o {folder.At("result")}");
        Assert.Equal("", written.Output);
        Assert.Equal(printed, File.ReadAllText(folder.At("result")));
        Assert.Equal(["result"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_link_stays_a_link_and_a_device_a_device()
    {
        folder.Write("target", "old");
        File.CreateSymbolicLink(folder.At("link"), folder.At("target"));
        Run(Code, $"-o {folder.At("link")}");
        Assert.NotNull(new FileInfo(folder.At("link")).LinkTarget);
        Assert.Contains("1 file", File.ReadAllText(folder.At("target")), StringComparison.Ordinal);

        File.CreateSymbolicLink(folder.At("null"), "/dev/null");
        Assert.Equal(ExitStatus.Findings, Run(Code, $"-o {folder.At("null")}").Status);
        Assert.Equal("", File.ReadAllText("/dev/null"));
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_bad_input() =>
        Assert.Contains("cannot be written", Assert.Throws<UserError>(() => Run(Code, $"-o {folder.At("no/such/folder")}")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_baseline_is_written_used_and_pruned()
    {
        var file = folder.At("known.json");
        Assert.Equal(ExitStatus.Clean, Run(Code, $"--write-baseline {file}").Status);
        var known = Run(Code, $"--baseline {file} --fail-on info");
        Assert.Equal((ExitStatus.Clean, "1 file, 2 functions, 0 not analysed, 0 findings, 2 suppressed\n"), (known.Status, known.Output));

        var mended = Code.Replace("bad()", "good()", StringComparison.Ordinal);
        Run(mended, $"--baseline {file}");
        Assert.Contains("call-of-bad", File.ReadAllText(file), StringComparison.Ordinal);
        Run(mended, $"--baseline {file} --prune-baseline");
        Assert.DoesNotContain("call-of-bad", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Contains("empty-switch", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_over_a_baseline_keeps_what_it_covered()
    {
        var file = folder.At("known.json");
        Run(Code, $"--write-baseline {file}");
        var before = File.ReadAllText(file);
        Run(Code, $"--baseline {file} --write-baseline {file}");
        Assert.Equal(before, File.ReadAllText(file));
    }

    [Fact]
    public void A_baseline_that_is_missing_or_broken_is_bad_input()
    {
        Assert.Contains("cannot be read", Assert.Throws<UserError>(() => Run(Code, $"--baseline {folder.At("none.json")}")).Message, StringComparison.Ordinal);
        folder.Write("broken.json", "{}");
        Assert.Contains("not a usable baseline", Assert.Throws<UserError>(() => Run(Code, $"--baseline {folder.At("broken.json")}")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pruning_without_a_baseline_is_bad_usage() => Assert.Throws<InvalidOperationException>(() => Run(Code, "--prune-baseline"));

    private static (int Status, string Output) Run(string code, string arguments) => Run(new SampleAnalysis().Add("mm/a.c", code), arguments);

    private static (int Status, string Output) Run(SampleAnalysis analysis, string arguments)
    {
        var options = new ReportOptions();
        var command = new Command("sample");
        options.AddTo(command);
        command.SetAction(parsed =>
        {
            var result = options.ReadBaseline(parsed).Apply(analysis.Run());
            return options.Finish(parsed, analysis.Report(result), _ => false);
        });
        var parsed = command.Parse(arguments);
        if (parsed.Errors is [var error, ..])
        {
            throw new InvalidOperationException(error.Message);
        }

        using var output = new StringWriter();
        var status = parsed.Invoke(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
        return (status, output.ToString());
    }
}
