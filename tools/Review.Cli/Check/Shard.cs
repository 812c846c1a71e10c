using System.Collections.Immutable;
using System.Globalization;

namespace Review.Cli.Check;

/// <summary>One part of a check that several machines share; the parts together are the whole, whoever runs them.</summary>
/// <param name="Number">Which part, from 1.</param>
/// <param name="Count">How many there are.</param>
internal sealed record Shard(int Number, int Count)
{
    private const int Maximum = 10_000;

    /// <summary>The whole.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Reads <c>i/n</c>.</summary>
    /// <exception cref="UserError">It is none.</exception>
    public static Shard Parse(string text) =>
        text.Split('/') is [var number, var count] && TryRead(number) is { } i && TryRead(count) is { } n && i <= n
            ? new Shard(i, n)
            : throw new UserError($"--shard {text} names no part", $"write it as i/n with 1 <= i <= n <= {Maximum}, e.g. --shard 2/4");

    /// <summary>The files of this part: neighbours stay together, because files of one directory need each other.</summary>
    public ImmutableArray<string> Of(ImmutableArray<string> files) => files[Border(Number - 1, files.Length)..Border(Number, files.Length)];

    private int Border(int part, int length) => (int)((long)length * part / Count);

    private static int? TryRead(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Maximum ? number : null;
}
