using System.Collections.Immutable;

namespace Review.Bot.Configuration;

/// <summary>A value of a configuration file, whatever the file is written in.</summary>
/// <param name="Line">Where it begins, from 1.</param>
internal abstract record ConfigNode(int Line)
{
    /// <summary>How deep values may lie in each other: more than any key needs, and less than the stack holds.</summary>
    public const int MaximumDepth = 32;
}

/// <summary>A text, a number, a date, true or false, as it is written; empty where a key has no value.</summary>
internal sealed record ConfigText(int Line, string Value) : ConfigNode(Line);

/// <summary>A list.</summary>
internal sealed record ConfigList(int Line, ImmutableArray<ConfigNode> Items) : ConfigNode(Line);

/// <summary>Keys with values.</summary>
internal sealed record ConfigMapping(int Line, ImmutableArray<ConfigEntry> Entries) : ConfigNode(Line);

/// <summary>A key, which no other of its mapping equals.</summary>
/// <param name="Line">The line of the key, from 1.</param>
/// <param name="Key">Its name.</param>
/// <param name="Value">What it has.</param>
internal sealed record ConfigEntry(int Line, string Key, ConfigNode Value);

/// <summary>A text breaks the rules of the language that it is written in.</summary>
/// <param name="line">Where, from 1; 0 for nobody knows.</param>
/// <param name="problem">What is wrong: one line.</param>
internal sealed class ConfigSyntaxException(int line, string problem) : Exception(problem)
{
    public int Line { get; } = line;
}
