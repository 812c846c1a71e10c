namespace Review.Dev.Precision;

/// <summary>What somebody who has read a finding on the untouched kernel says of it.</summary>
/// <param name="IsTrue">True if the finding is right.</param>
/// <param name="Reason">Why, in one line.</param>
internal sealed record Verdict(bool IsTrue, string Reason)
{
    /// <summary>The verdicts of a table by fingerprint: fingerprint, <c>true</c> or <c>false</c>, reason.</summary>
    public static Dictionary<string, Verdict> ReadAll(string file) =>
        File.ReadLines(file).Select(static line => line.Split('\t')).ToDictionary(static fields => fields[0], static fields => new Verdict(bool.Parse(fields[1]), fields[2]), StringComparer.Ordinal);
}
