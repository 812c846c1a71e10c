namespace Review.Core.Diagnostics;

/// <summary>What a run on the model said, in a sentence without a full stop.</summary>
public static class WitnessWords
{
    /// <summary>The words; empty if nobody asked for a run.</summary>
    public static string Of(WitnessResult witness)
    {
        ArgumentNullException.ThrowIfNull(witness);
        return witness.Status switch
        {
            WitnessStatus.Confirmed => $"confirmed by running it on the model ({Count(witness.Steps.Length, "step")}, {Count(witness.Steps.Select(static step => step.Thread).Distinct().Count(), "thread")}): {witness.Violation}".TrimEnd(' ', ':'),
            WitnessStatus.Refuted => $"refuted by running it on the model: {witness.Note}",
            _ => witness.Note.Length == 0 ? "" : $"not witnessed: {witness.Note}",
        };
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
