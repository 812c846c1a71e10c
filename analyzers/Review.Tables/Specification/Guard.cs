using System;
using System.Collections.Generic;
using System.Linq;

namespace Review.Tables.Specification;

/// <summary>
/// Under which options of the kernel something holds: a disjunction of conjunctions of options, each asked for or asked against,
/// as a table writes it: <c>CONFIG_A</c>, <c>!CONFIG_A</c>, <c>CONFIG_A&amp;CONFIG_B|CONFIG_C</c>.
/// </summary>
public sealed class Guard : IEquatable<Guard>
{
    private const string Prefix = "CONFIG_";

    private readonly string[][] terms;

    private Guard(string[][] terms) => this.terms = terms;

    /// <summary>Holds in every kernel.</summary>
    public static Guard Always { get; } = new([[]]);

    /// <summary>True if it holds in every kernel.</summary>
    public bool IsAlways => terms.Any(static term => term.Length == 0);

    /// <summary>The options it asks for, in ordinal order.</summary>
    public IReadOnlyList<string> Options => [.. terms.SelectMany(static term => term).Select(static literal => literal.TrimStart('!')).Distinct().OrderBy(static option => option, StringComparer.Ordinal)];

    /// <summary>The conjunctions; each literal is an option, or <c>!</c> and an option.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Terms => terms;

    /// <summary>Reads a guard; null if it is none.</summary>
    public static Guard? Parse(string text)
    {
        var read = text.Split('|').Select(static term => term.Split('&')).ToArray();
        return read.All(static term => term.All(IsLiteral)) ? new Guard(read) : null;
    }

    /// <summary>True if a kernel with these options on, and all others off, has it.</summary>
    public bool Holds(ISet<string> on) => terms.Any(term => term.All(literal => literal[0] == '!' ? !on.Contains(literal.Substring(1)) : on.Contains(literal)));

    /// <summary>The shortest guard that holds in exactly some of all combinations of options.</summary>
    /// <param name="options">The options.</param>
    /// <param name="holds">For each combination whether it holds: bit i of the index is option i.</param>
    public static Guard Of(IReadOnlyList<string> options, IReadOnlyList<bool> holds)
    {
        // An option that never makes a difference is not part of the guard; what is left is written in full unless one conjunction says it.
        var needed = Enumerable.Range(0, options.Count).Where(i => Enumerable.Range(0, holds.Count).Any(set => holds[set] != holds[set ^ (1 << i)])).ToList();
        if (needed.Count == 0)
        {
            return Always;
        }

        var sets = Enumerable.Range(0, 1 << needed.Count).Where(set => holds[needed.Select((option, i) => (set >> i & 1) << option).Sum()]).ToList();
        var fixedBits = Enumerable.Range(0, needed.Count).Where(i => sets.All(set => (set >> i & 1) == 1) || sets.All(set => (set >> i & 1) == 0)).ToList();
        if (sets.Count == 1 << (needed.Count - fixedBits.Count))
        {
            return new Guard([[.. fixedBits.Select(i => Literal(options[needed[i]], sets[0] >> i & 1))]]);
        }

        return new Guard([.. sets.Select(set => needed.Select((option, i) => Literal(options[option], set >> i & 1)).ToArray())]);
    }

    public bool Equals(Guard? other) => other is not null && ToString() == other.ToString();

    public override bool Equals(object? obj) => Equals(obj as Guard);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    public override string ToString() => string.Join("|", terms.Select(static term => string.Join("&", term)));

    private static string Literal(string option, int isOn) => isOn == 1 ? option : "!" + option;

    private static bool IsLiteral(string literal)
    {
        var name = literal.TrimStart('!');
        return literal.Length - name.Length <= 1 && name.Length > Prefix.Length && name.StartsWith(Prefix, StringComparison.Ordinal) && name.All(static c => c is '_' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9'));
    }
}
