using System.Collections.Immutable;
using System.CommandLine;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Cli.History;
using Review.Cli.Output;
using Review.Cli.Trees;
using Review.Core.Diagnostics;

namespace Review.Cli.Commands;

/// <summary><c>mmreview history</c>: a rule over many revisions.</summary>
internal sealed class HistoryCommand : Command
{
    private readonly Argument<string[]> revisions = new("REV") { Description = "Revisions, oldest first, or ranges A..B", Arity = ArgumentArity.OneOrMore };
    private readonly KernelOptions kernel = new();
    private readonly Option<string?> rule = new("--rule") { Description = "The rule", HelpName = "RULE" };
    private readonly Option<string?> function = new("--function") { Description = "Only findings in this function", HelpName = "NAME" };
    private readonly Option<string[]> files = new("--file") { Description = "The files to look at; default: mm/madvise.c mm/gup.c", HelpName = "FILE" };
    private readonly Option<int> samples = new("--samples") { Description = "Commits of a range that are looked at", DefaultValueFactory = static _ => 16 };
    private readonly Option<bool> bisect = new("--bisect") { Description = "Look for the very commits where it starts and stops" };
    private readonly Option<string> format = new("--format") { Description = "text or json", DefaultValueFactory = static _ => "text" };

    public HistoryCommand()
        : base("history", "Says in which revisions a rule fires, and where it starts and stops.")
    {
        Arguments.Add(revisions);
        kernel.AddTo(this);
        format.AcceptOnlyFromAmong("text", "json");
        foreach (var option in (Option[])[rule, function, files, samples, bisect, format])
        {
            Options.Add(option);
        }

        Validators.Add(result =>
        {
            if (result.GetValue(rule) is null)
            {
                result.AddError("history needs --rule RULE");
            }
        });
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var options = kernel.Read(parsed) with { Rules = parsed.GetValue(rule) };
        if (parsed.GetValue(files) is { Length: > 0 } named)
        {
            options = options with { Files = [.. named] };
        }

        var most = parsed.GetValue(samples) is > 0 and var number ? number : throw new UserError("--samples takes a number from 1", "leave it out for 16");
        string folder;
        using (var cache = CacheDirectory.Open())
        {
            folder = new KernelLocator(cache, Environment.CurrentDirectory, Environment.GetEnvironmentVariable).Locate(options.Kernel, Progress.ToTerminal, cancellation).Folder;
        }

        using var repository = GitLibrary.Open(folder);
        var line = new CommitLine(repository, options.Files);
        var history = new RuleHistory(line, commit => Look(options with { Kernel = folder, Revision = commit.Id }, commit, parsed.GetValue(function), cancellation));
        var points = history.Look(line.Of(parsed.GetValue(revisions)!, most));
        var turns = history.Turns(points, parsed.GetValue(bisect));
        parsed.InvocationConfiguration.Output.Write(parsed.GetValue(format) == "json"
            ? HistoryText.ToJson(options.Rules!, parsed.GetValue(function), points, turns)
            : HistoryText.ToText(points, turns));
        return ExitStatus.Clean;
    }

    private static HistoryPoint Look(CheckOptions options, HistoryCommit commit, string? function, CancellationToken cancellation)
    {
        Progress.ToTerminal($"{commit.Name} {commit.Subject}");
        AnalysisResult? result = null;
        try
        {
            _ = new CheckRun(options, cancellation).Run((report, _) =>
            {
                result = report.Result;
                return ExitStatus.Clean;
            });
        }
        catch (UserError trouble) when (result is null || result.FunctionCount == 0)
        {
            // A revision without the file, or one that does not compile, has its place in the history all the same.
            return new HistoryPoint(commit, [], trouble.Message);
        }

        ImmutableArray<Finding> found = [.. result!.Findings.Where(finding => function is null || finding.Function == function)];
        var gap = result.NotAnalysed.FirstOrDefault(gap => gap.Function is null || function is null || gap.Function == function);
        return new HistoryPoint(commit, found, gap?.Reason);
    }
}
