using System.CommandLine;
using Review.Cli.Check;
using Review.Cli.Patch;
using Review.Patches.Series;
using Review.Witness.Claims;

namespace Review.Cli.Commands;

/// <summary><c>mmreview check</c>: reviews files of a kernel tree.</summary>
internal sealed class CheckCommand : Command
{
    private readonly Argument<string[]> files = new("FILE") { Description = "Files of the tree or patterns such as 'mm/*.c'; default: mm/madvise.c mm/gup.c", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> all = new("--all") { Description = "All files that kbuild compiles" };
    private readonly Option<string?> shard = new("--shard") { Description = "Only this part of the files; 'mmreview merge' puts the parts together", HelpName = "I/N" };
    private readonly KernelOptions kernel = new();
    private readonly Option<string?> revision = new("--rev") { Description = "Read this revision from the repository, or review the commits of A..B; nothing is checked out" };
    private readonly Option<bool> profile = new("--profile") { Description = "Tell on standard error where the time goes" };
    private readonly Option<string?> facts = new("--facts") { Description = "What functions of other files do, as 'mmreview facts --write' found out", HelpName = "FILE" };
    private readonly Option<bool> witness = new("--witness") { Description = "Run the code of the findings on the model: confirm or refute them" };
    private readonly Option<string[]> forcedClaims = new("--force-claim") { Description = "Run this claim on the model as well, as if a rule had made it", HelpName = "RULE:FUNCTION" };
    private readonly ReportOptions report = new();

    public CheckCommand()
        : base("check", "Reviews files of a kernel tree that need not be configured.")
    {
        Arguments.Add(files);
        kernel.AddTo(this);
        foreach (var option in (Option[])[all, shard, revision, profile, facts, witness, forcedClaims])
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
        Validators.Add(result =>
        {
            if (result.GetValue(all) && result.GetValue(files) is { Length: > 0 })
            {
                result.AddError("--all and FILE exclude each other");
            }

            if ((result.GetValue(all) || result.GetValue(shard) is not null) && result.GetValue(revision)?.Contains("..", StringComparison.Ordinal) == true)
            {
                result.AddError("--all and --shard are for one revision, not for a range");
            }
        });
        SetAction((parsed, cancellation) => Task.FromResult(
            parsed.GetValue(revision) is { } revisions && revisions.Contains("..", StringComparison.Ordinal)
                ? new RangeRun(Range(parsed, revisions), revisions, cancellation).Run(result => report.Finish(parsed, result, static _ => false))
                : new CheckRun(Read(parsed), cancellation).Run((result, isGone) => report.Finish(parsed, result, isGone))));
    }

    private CheckOptions Read(ParseResult parsed)
    {
        var named = parsed.GetValue(files);
        var options = kernel.Read(parsed) with
        {
            All = parsed.GetValue(all),
            Shard = parsed.GetValue(shard) is { } part ? Shard.Parse(part) : Shard.Whole,
            Revision = parsed.GetValue(revision),
            Baseline = report.ReadBaseline(parsed),
            Profile = parsed.GetValue(profile),
            Witness = parsed.GetValue(witness) || parsed.GetValue(forcedClaims) is { Length: > 0 },
            ForcedClaims = [.. (parsed.GetValue(forcedClaims) ?? []).Select(ReadClaim)],
            Facts = parsed.GetValue(facts),
        };
        return named is { Length: > 0 } ? options with { Files = [.. named] } : options;
    }

    /// <summary>The commits of a range are reviewed like a series: what they introduce in the directories of the files that were named.</summary>
    private PatchOptions Range(ParseResult parsed, string revisions) => new()
    {
        Mail = revisions,
        Check = kernel.Read(parsed) with { Baseline = report.ReadBaseline(parsed) },
        Scope = parsed.GetValue(files) is { Length: > 0 } named ? new ReviewScope([.. named.Select(static file => (Path.GetDirectoryName(file) ?? "") + "/").Distinct(StringComparer.Ordinal)]) : ReviewScope.Parse("mm/"),
    };

    private static Claim ReadClaim(string text) => text.Split(':') is [{ Length: > 0 } rule, { Length: > 0 } function]
        ? new Claim(rule, function)
        : throw new UserError($"--force-claim {text} names no rule and function", "write it as RULE:FUNCTION, e.g. stale-prev:madvise_remove");
}
