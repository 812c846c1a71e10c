using Review.Core.Diagnostics;

namespace Review.Cli.Output;

/// <summary>Baselines on disk.</summary>
internal static class BaselineStore
{
    /// <summary>Reads a baseline.</summary>
    /// <exception cref="UserError">There is no such file, or it is no baseline.</exception>
    public static Baseline Read(string file)
    {
        try
        {
            return BaselineFile.Parse(File.ReadAllText(file), file);
        }
        catch (BaselineException exception)
        {
            throw new UserError(exception.Message, "or leave --baseline out");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"{file} cannot be read: {exception.Message.TrimEnd('.')}", "make one with --write-baseline");
        }
    }

    /// <summary>Writes a baseline, whole or not at all.</summary>
    public static void Write(string file, Baseline baseline) => WholeFile.Write(file, BaselineFile.ToText(baseline));

    /// <summary>A baseline of everything that a result shows or that the baseline before covered; comments keep suppressing by themselves.</summary>
    public static Baseline Covering(AnalysisResult result) =>
        Baseline.From(result.Findings
            .Concat(result.Suppressed.Where(finding => finding.Suppression?.Kind == SuppressionKind.Baseline))
            .Where(finding => finding.Id != EngineRules.Failure.Id));
}
