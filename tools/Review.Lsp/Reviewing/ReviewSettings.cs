using System.Text.Json;
using Review.Lsp.Protocol;

namespace Review.Lsp.Reviewing;

/// <summary>Which findings are shown.</summary>
public enum ShownFindings
{
    /// <summary>Those that the edit introduced where the tree is under git, else all.</summary>
    Auto,

    /// <summary>Those that the file has not at the base revision.</summary>
    Changed,

    /// <summary>All.</summary>
    All,
}

/// <summary>The section <c>mmreview</c> of the client's settings.</summary>
public sealed record ReviewSettings
{
    /// <summary>The settings without any configuration.</summary>
    public static ReviewSettings Default { get; } = new();

    public ShownFindings Show { get; init; } = ShownFindings.Auto;

    /// <summary>What "changed" is measured against: a revision. Of a branch other than the own one the merge base with HEAD counts.</summary>
    public string Base { get; init; } = "HEAD";

    /// <summary>The rules that run, as <c>mmreview check --rules</c> takes them; null for all.</summary>
    public string? Rules { get; init; }

    /// <summary>True to show clang's warnings as the kernel's build would; an editor with clangd shows them already.</summary>
    public bool CompilerWarnings { get; init; }

    /// <summary><c>x86_64</c> or <c>arm64</c>.</summary>
    public string Architecture { get; init; } = "x86_64";

    /// <summary><c>default</c>, or a file as <c>mmreview check --config</c> takes it.</summary>
    public string Configuration { get; init; } = "default";

    /// <summary>True to show beside calls which locks they take and drop.</summary>
    public bool LockHints { get; init; }

    /// <summary>How long the keyboard has to rest before a review begins.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Reads the section. What is not there, or cannot be understood, has its default; <paramref name="complaint"/> says which.</summary>
    public static ReviewSettings Read(JsonElement section, Action<string> complaint)
    {
        var settings = Default;
        foreach (var member in section.ValueKind == JsonValueKind.Object ? section.EnumerateObject().AsEnumerable() : [])
        {
            settings = (member.Name, member.Value.ValueKind) switch
            {
                ("show", JsonValueKind.String) when Enum.TryParse<ShownFindings>(member.Value.Text(), ignoreCase: true, out var show) && Enum.IsDefined(show) => settings with { Show = show },
                ("base", JsonValueKind.String) => settings with { Base = member.Value.Text() },
                ("rules", JsonValueKind.String) => settings with { Rules = member.Value.Text() is { Length: > 0 } rules ? rules : null },
                ("compilerWarnings", JsonValueKind.True or JsonValueKind.False) => settings with { CompilerWarnings = member.Value.GetBoolean() },
                ("arch", JsonValueKind.String) => settings with { Architecture = member.Value.Text() },
                ("config", JsonValueKind.String) => settings with { Configuration = member.Value.Text() },
                ("lockHints", JsonValueKind.True or JsonValueKind.False) => settings with { LockHints = member.Value.GetBoolean() },
                ("delay", JsonValueKind.Number) when member.Value.TryGetInt32(out var delay) && delay is >= 0 and <= 10_000 => settings with { Delay = TimeSpan.FromMilliseconds(delay) },
                ("command" or "trace", _) => settings,
                _ => Complain(member),
            };
        }

        return settings;

        ReviewSettings Complain(JsonProperty member)
        {
            complaint($"the setting mmreview.{member.Name} is not understood");
            return settings;
        }
    }
}
