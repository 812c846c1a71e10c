using Review.Cli.Output;
using Review.Core.Diagnostics;
using Review.Core.Engine;
using Review.Patches.Series;

namespace Review.Cli.Patch;

/// <summary>The report on a series that was not looked at: it needs no rule, no repository and no compiler, so none is loaded.</summary>
internal static class DismissedSeries
{
    /// <summary>The report.</summary>
    /// <param name="series">The series.</param>
    /// <param name="remark">Why there is nothing to look at; null if there is.</param>
    /// <param name="gap">Why it could not be looked at; null if nobody tried.</param>
    public static Report Report(PatchSeries series, string? remark, NotAnalysed? gap = null) => new(
        new AnalysisResult { Tool = new ToolInfo("mmreview", ToolVersions.Own, "", ""), Kernel = new KernelInfo("", null, "", ""), NotAnalysed = gap is null ? [] : [gap] },
        RuleCatalog.Empty,
        static _ => null)
    {
        Series = new SeriesReport { Series = series, Base = "none", Remarks = remark is null ? [] : [remark] },
    };
}
