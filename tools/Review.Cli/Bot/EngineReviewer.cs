using Review.Bot.Configuration;
using Review.Bot.Reviewing;
using Review.Cli.Check;
using Review.Cli.Commands;
using Review.Cli.Output;
using Review.Cli.Patch;
using Review.Patches.Series;
using Review.Patches.Threads;

namespace Review.Cli.Bot;

/// <summary>Reviews the bot's series with the engine, in this process; every finding is run on the model, because only confirmed ones may be mailed.</summary>
internal sealed class EngineReviewer(BotConfig config) : ISeriesReviewer
{
    public ReviewedSeries Review(PatchSeries series, MailThread thread, CancellationToken cancellation)
    {
        ReviewedSeries? reviewed = null;
        try
        {
            var (kernel, basis) = KernelChoice.For(series, config.Kernels, cancellation);
            _ = new PatchRun(Options(kernel, basis), cancellation).Run(series, thread, report =>
            {
                reviewed = Of(report);
                return ExitStatus.Clean;
            });
            return reviewed!;
        }
        catch (UserError trouble)
        {
            return new ReviewedSeries { Trouble = trouble.Message, Tool = $"mmreview {ToolVersions.Own}" };
        }
    }

    private PatchOptions Options(KernelConfig kernel, FoundBase basis) => new()
    {
        Mail = config.File,
        Check = new CheckOptions
        {
            Kernel = kernel.Path,
            Architectures = KernelOptions.ReadArchitectures(config.Review.Architectures),
            Configuration = config.Review.Configuration,
            Rules = config.Review.Rules,
            Parallelism = Math.Max(1, Environment.ProcessorCount / config.Workers),
            Witness = true,
        },
        Found = basis,
        Scope = config.Scope,
        Timeout = config.Review.Timeout,
    };

    private static ReviewedSeries Of(Report report)
    {
        var series = report.Series!;
        return new ReviewedSeries
        {
            Base = series.Base,
            Kernel = $"{report.Result.Kernel.Version}, {report.Result.Kernel.Architecture}, {report.Result.Kernel.Config}",
            Tool = $"{report.Result.Tool.Name} {report.Result.Tool.Version}",
            Footer = MailDrafts.Footer(report),
            Findings = [.. series.Letters.SelectMany(letter => letter.Remarks.Select(remark => new ReviewedFinding(letter.Patch.Number, report.Rules.Find(remark.Finding.Rule)?.Descriptor.Category ?? "", remark)))],
            Gaps = report.Result.NotAnalysed,
            Remarks = series.Remarks,
        };
    }
}
