using System.CommandLine;
using Review.Cli.Merging;
using Review.Cli.Output;

namespace Review.Cli.Commands;

/// <summary><c>mmreview merge</c>: puts the reports of several machines together.</summary>
internal sealed class MergeCommand : Command
{
    private static readonly string[] Thresholds = ["never", "info", "warning", "error"];

    private readonly Argument<string[]> files = new("FILE") { Description = "Reports of --format sarif, or of --format json", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> output = new("-o", "--output") { Description = "Write the result to this file instead of the terminal", HelpName = "FILE" };
    private readonly Option<string> failOn = new("--fail-on") { Description = "Exit with 1 if a finding is at least this severe: error, warning, info or never", DefaultValueFactory = _ => "warning" };

    public MergeCommand()
        : base("merge", "Puts the reports of the parts of a check together (check --shard).")
    {
        Arguments.Add(files);
        Options.Add(output);
        Options.Add(failOn);
        failOn.AcceptOnlyFromAmong(Thresholds);
        SetAction(parsed =>
        {
            var merged = MergedReport.Of([.. parsed.GetValue(files)!.Select(Read)]);
            if (parsed.GetValue(output) is { } file)
            {
                WholeFile.Write(file, merged.Text);
            }
            else
            {
                parsed.InvocationConfiguration.Output.Write(merged.Text);
            }

            var threshold = Array.IndexOf(Thresholds, parsed.GetValue(failOn));
            return threshold > 0 && merged.Worst >= threshold ? ExitStatus.Findings : ExitStatus.Clean;
        });
    }

    private static (string Name, string Text) Read(string file)
    {
        try
        {
            return (file, File.ReadAllText(file));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{file} cannot be read: {trouble.Message.TrimEnd('.')}", "name reports that mmreview wrote");
        }
    }
}
