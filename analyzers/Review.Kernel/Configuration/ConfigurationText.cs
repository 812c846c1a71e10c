using System.Collections.Immutable;
using System.Text;

namespace Review.Kernel;

/// <summary>One line of a configuration file.</summary>
/// <param name="Symbol">The name without <c>CONFIG_</c>.</param>
/// <param name="Value">As written: <c>y</c>, <c>m</c>, <c>n</c>, a number, or a string in quotes.</param>
internal readonly record struct ConfigurationLine(string Symbol, string Value);

/// <summary>The text form of configurations: .config, defconfig and wish files (scripts/kconfig/confdata.c).</summary>
internal static class ConfigurationText
{
    private const string Prefix = "CONFIG_";
    private const string NotSet = " is not set";

    /// <summary>The settings in file order; lines of another form are skipped, as <c>conf</c> does.</summary>
    public static ImmutableArray<ConfigurationLine> Parse(string text)
    {
        var lines = ImmutableArray.CreateBuilder<ConfigurationLine>();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.StartsWith(Prefix, StringComparison.Ordinal))
            {
                var equals = line.IndexOf('=');
                if (equals > Prefix.Length && IsName(line[Prefix.Length..equals]))
                {
                    lines.Add(new ConfigurationLine(line[Prefix.Length..equals].ToString(), line[(equals + 1)..].ToString()));
                }
            }
            else if (line.StartsWith("# " + Prefix, StringComparison.Ordinal) && line.EndsWith(NotSet, StringComparison.Ordinal))
            {
                var name = line[(Prefix.Length + 2)..^NotSet.Length];
                if (IsName(name))
                {
                    lines.Add(new ConfigurationLine(name.ToString(), "n"));
                }
            }
        }

        return lines.ToImmutable();
    }

    /// <summary>True for what <c>make *config</c> wrote: a complete configuration that needs no evaluation.</summary>
    public static bool IsComplete(string text)
    {
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.Contains("Automatically generated file", StringComparison.Ordinal) && line.StartsWith('#'))
            {
                return true;
            }

            if (!line.IsEmpty && !line.StartsWith('#'))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>The architecture named in the header of a complete configuration (<c># Linux/x86 6.1.0 Kernel Configuration</c>), or null.</summary>
    public static string? ArchitectureOf(string text)
    {
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (!line.StartsWith('#'))
            {
                return null;
            }

            const string linux = "# Linux/";
            if (line.StartsWith(linux, StringComparison.Ordinal) && line[linux.Length..].IndexOf(' ') is > 0 and var end)
            {
                return line.Slice(linux.Length, end).ToString();
            }
        }

        return null;
    }

    /// <summary>The text of a value: strings lose their quotes and escapes.</summary>
    public static string Unquote(string value)
    {
        if (value.Length < 2 || value[0] != '"' || value[^1] != '"')
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (var i = 1; i < value.Length - 1; i++)
        {
            if (value[i] == '\\' && i < value.Length - 2)
            {
                i++;
            }

            text.Append(value[i]);
        }

        return text.ToString();
    }

    /// <summary>The value of a string symbol as configuration files write it.</summary>
    public static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }
}
