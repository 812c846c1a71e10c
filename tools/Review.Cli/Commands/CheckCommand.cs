using System.CommandLine;
using Review.Cli.Check;
using Review.Cli.Trees;
using Review.Kernel.Architectures;

namespace Review.Cli.Commands;

/// <summary><c>mmreview check</c>: reviews files of a kernel tree.</summary>
internal sealed class CheckCommand : Command
{
    private readonly Argument<string[]> files = new("FILE") { Description = "Files of the tree or patterns such as 'mm/*.c'; default: mm/madvise.c mm/gup.c", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> kernel = new("--kernel") { Description = "A work tree, a bare repository, or 'auto'", DefaultValueFactory = static _ => KernelLocator.Auto };
    private readonly Option<string?> revision = new("--rev") { Description = "Read this revision from the repository; nothing is checked out" };
    private readonly Option<string> architecture = new("--arch") { Description = "x86_64, arm64, or both joined by a comma", DefaultValueFactory = static _ => Architecture.X86.Name };
    private readonly Option<string> configuration = new("--config") { Description = "'default', 'all', a .config, or a file of CONFIG_ wishes", DefaultValueFactory = static _ => "default" };
    private readonly Option<string?> rules = new("--rules") { Description = "Names, numbers, categories or patterns, joined by commas" };
    private readonly Option<string[]> analyzers = new("--analyzer") { Description = "An assembly with rules of your own" };
    private readonly Option<bool> noCache = new("--no-cache") { Description = "Compute configuration and headers anew" };
    private readonly Option<bool> profile = new("--profile") { Description = "Tell on standard error where the time goes" };
    private readonly Option<string?> facts = new("--facts") { Description = "What functions of other files do, as 'mmreview facts --write' found out", HelpName = "FILE" };
    private readonly ReportOptions report = new();
    private readonly Option<int> jobs = new("-j") { Description = "Threads; default: one for every processor", DefaultValueFactory = static _ => Environment.ProcessorCount };

    public CheckCommand()
        : base("check", "Reviews files of a kernel tree that need not be configured.")
    {
        Arguments.Add(files);
        foreach (var option in (Option[])[kernel, revision, architecture, configuration, rules, analyzers, noCache, profile, facts, jobs])
        {
            Options.Add(option);
        }

        report.AddTo(this);
        Validators.Add(result =>
        {
            // What looks like an option and is none would otherwise be taken for a file.
            if (result.GetValue(files)?.FirstOrDefault(static file => file.StartsWith('-')) is { } unknown)
            {
                result.AddError($"unknown option '{unknown}'");
            }
        });
        SetAction((parsed, cancellation) => Task.FromResult(
            new CheckRun(Read(parsed), cancellation).Run((result, isGone) => report.Finish(parsed, result, isGone))));
    }

    private CheckOptions Read(ParseResult parsed)
    {
        var named = parsed.GetValue(files);
        var options = new CheckOptions
        {
            Kernel = parsed.GetValue(kernel)!,
            Revision = OneRevision(parsed.GetValue(revision)),
            Architectures = [.. parsed.GetValue(architecture)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Find).Distinct()],
            Configuration = parsed.GetValue(configuration)!,
            Rules = parsed.GetValue(rules),
            Analyzers = [.. parsed.GetValue(analyzers) ?? []],
            Baseline = report.ReadBaseline(parsed),
            Profile = parsed.GetValue(profile),
            UseCache = !parsed.GetValue(noCache),
            Facts = parsed.GetValue(facts),
            Parallelism = parsed.GetValue(jobs) is > 0 and <= 1024 and var threads ? threads : throw new UserError("-j takes a number from 1 to 1024", "leave it out for one thread for every processor"),
        };
        if (options.Architectures.IsEmpty)
        {
            throw new UserError("--arch names no architecture", "use x86_64, arm64 or both");
        }

        return named is { Length: > 0 } ? options with { Files = [.. named] } : options;
    }

    private static string? OneRevision(string? text) =>
        text?.Contains("..", StringComparison.Ordinal) == true
            ? throw new UserError($"--rev {text}: a range of revisions cannot be checked yet", "name one revision")
            : text;

    private static Architecture Find(string name) =>
        Architecture.Find(name) ?? throw new UserError($"unknown architecture '{name}'", $"use {string.Join(" or ", Architecture.All)}");
}
