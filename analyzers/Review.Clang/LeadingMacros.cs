using System.Text;
using System.Text.RegularExpressions;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>The macros that a file defines before it includes its last header, by which it may change what headers mean.</summary>
internal static partial class LeadingMacros
{
    private const string LogFormat = "pr_fmt";

    /// <summary>True if a header that is compiled already mentions one of them, so that it has to be read again.</summary>
    public static bool Change(SourceText text, HeaderIndex header)
    {
        var includes = text.Bytes.LastIndexOf("#include"u8);
        return includes > 0 && Directive().Matches(Encoding.Latin1.GetString(text.Bytes[..includes])).Any(match => Changes(match.Groups[1].Value, header));
    }

    /// <summary>
    /// True for a warning that a file does not get which is parsed without compiled headers: there its own pr_fmt comes first, and the header that has one for
    /// everybody else leaves it alone.
    /// </summary>
    public static bool IsUndone(CompilerMessage message, string file) =>
        message.Option == "-Wmacro-redefined" && message.Text.Contains($"'{LogFormat}'", StringComparison.Ordinal) && message.Path == file && message.Notes.All(note => note.Path != file);

    // By the kernel's conventions pr_fmt changes what is logged and nothing else, and CREATE_TRACE_POINTS makes trace headers read once more.
    private static bool Changes(string name, HeaderIndex header) =>
        name is not (LogFormat or "CREATE_TRACE_POINTS") && header.Mentions(Encoding.Latin1.GetBytes(name));

    [GeneratedRegex(@"^[ \t]*#[ \t]*(?:define|undef)[ \t]+([A-Za-z_][A-Za-z_0-9]*)", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
