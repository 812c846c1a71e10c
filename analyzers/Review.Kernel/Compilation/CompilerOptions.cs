using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Review.Kernel.Compilation;

/// <summary>
/// Chooses from a foreign command line the options that decide what a source means. It is an allow-list: options that are
/// not on it never reach the compiler, because some make clang load plugins, run programs or write files.
/// </summary>
internal static partial class CompilerOptions
{
    /// <summary>Options whose value is the next argument if nothing is attached, and that are kept.</summary>
    private static readonly ImmutableHashSet<string> KeptWithValue = ImmutableHashSet.Create(
        StringComparer.Ordinal, "-I", "-D", "-U", "-isystem", "-iquote", "-idirafter", "-include", "-imacros", "-x", "-target");

    /// <summary>The same for options whose value is a path; it is resolved against the directory the compiler ran in.</summary>
    private static readonly ImmutableHashSet<string> PathValued = ImmutableHashSet.Create(
        StringComparer.Ordinal, "-I", "-isystem", "-iquote", "-idirafter", "-include", "-imacros");

    /// <summary>Options about output, dependencies and other stages; their value is dropped with them.</summary>
    private static readonly ImmutableHashSet<string> DroppedWithValue = ImmutableHashSet.Create(
        StringComparer.Ordinal, "-o", "-MF", "-MT", "-MQ", "-MJ", "-Xassembler", "-Xlinker", "-Xpreprocessor", "--param", "-T", "-u", "-z", "-L", "-l", "-G");

    /// <summary>Options that could make the compiler run or load something, with their value if they have one.</summary>
    private static readonly ImmutableHashSet<string> RefusedWithValue = ImmutableHashSet.Create(
        StringComparer.Ordinal, "-Xclang", "-mllvm", "-load", "-fplugin", "-B", "-specs", "--config", "-ivfsoverlay", "-include-pch", "-wrapper", "-Xopenmp-target", "-Xarch_host", "-Xarch_device", "-working-directory", "-iprefix", "-isysroot");

    /// <summary>The kept options, paths made absolute; refused ones are reported, dropped ones are not.</summary>
    /// <param name="arguments">The command line behind the compiler's name.</param>
    /// <param name="directory">The directory the compiler ran in.</param>
    /// <param name="source">What problems name as their place.</param>
    /// <param name="problems">Receives the refused options.</param>
    public static ImmutableArray<string> Select(IReadOnlyList<string> arguments, string directory, string source, ProblemList problems)
    {
        var kept = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var next = i + 1 < arguments.Count ? arguments[i + 1] : null;
            if (KeptWithValue.Contains(argument))
            {
                kept.AddRange(next is null ? [] : WithValue(argument, next, directory));
                i++;
            }
            else if (DroppedWithValue.Contains(argument))
            {
                i++;
            }
            else if (RefusedWithValue.Contains(argument))
            {
                problems.Add(source, 0, $"option {argument} {next} is refused: it could make the compiler load or run something");
                i++;
            }
            else if (AttachedPath(argument) is { } option)
            {
                kept.Add(option + AbsolutePath(directory, argument[option.Length..]));
            }
            else if (IsMeaningful(argument))
            {
                kept.Add(argument);
            }
            else if (Dangerous().IsMatch(argument))
            {
                problems.Add(source, 0, $"option {argument} is refused: it could make the compiler load or run something");
            }
        }

        return kept.ToImmutable();
    }

    /// <summary>Joins a directory and a path and resolves <c>.</c> and <c>..</c>, without looking at any disk.</summary>
    public static string AbsolutePath(string directory, string path)
    {
        var full = path.StartsWith('/') ? path : $"{directory}/{path}";
        var parts = new List<string>();
        foreach (var part in full.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "." or ".."))
            {
                parts.Add(part);
            }
        }

        return (full.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }

    /// <summary>
    /// An option with its value. Values that are no absolute paths are attached to the option: an argument that begins with
    /// <c>@</c> names a file with more arguments.
    /// </summary>
    private static ImmutableArray<string> WithValue(string option, string value, string directory) => option switch
    {
        "-x" => value == "c" ? ["-x", "c"] : [],
        "-target" => IsMeaningful($"--target={value}") ? [$"--target={value}"] : [],
        _ when PathValued.Contains(option) => [option, AbsolutePath(directory, value)],
        _ => [option + value],
    };

    private static string? AttachedPath(string argument) =>
        Attached().Match(argument) is { Success: true } match ? match.Groups[1].Value : null;

    private static bool IsMeaningful(string argument) => Meaningful().IsMatch(argument);

    [GeneratedRegex("^(-isystem|-iquote|-idirafter|-I).")]
    private static partial Regex Attached();

    // Names of macros, language, target, and the options of types, builtins and extensions. Everything else under -f and -m
    // only changes generated code, or is known to one compiler and an error for another.
    [GeneratedRegex(
        """
        ^(
          -[DU].+
          | --target=\w[\w.-]*
          | -std=[\w:]+ | -ansi | -nostdinc | -undef | -trigraphs
          | -O[0-3sgz]? | -Ofast
          | -w | -W | -Wall | -Wextra | -Wpedantic | -W(?!a,|l,|p,)[a-z][\w+-]*(=[\w,+-]*)?
          | -f(no-)?(short-wchar|short-enums|unsigned-char|signed-char|unsigned-bitfields|signed-bitfields|ms-extensions|ms-anonymous-structs
                    |strict-aliasing|common|PIE|PIC|pie|pic|freestanding|hosted|builtin|builtin-\w+|asynchronous-unwind-tables|unwind-tables
                    |delete-null-pointer-checks|strict-overflow|wrapv|stack-protector|stack-protector-strong|stack-protector-all|gnu89-inline
                    |omit-frame-pointer|optimize-sibling-calls|inline|math-errno|trapping-math|exceptions|blocks|declspec|asm-blocks|signed-zeros|pack-struct)
          | -fpack-struct=\d+ | -fstrict-flex-arrays(=\d)? | -fcf-protection(=\w+)? | -ftrivial-auto-var-init=\w+
          | -fsanitize=[\w,-]+ | -fno-sanitize=[\w,-]+ | -fmacro-prefix-map=.* | -ferror-limit=\d+
          | -m(32|64|x32|16|soft-float|hard-float|little-endian|big-endian|general-regs-only|no-red-zone|red-zone|no-implicit-float
              |(no-)?(sse\d?|sse4\.[12]|ssse3|mmx|3dnow|avx\d?|80387|x87|fp-ret-in-387)|regparm=\d|cmodel=\w+|arch=[\w.+-]+|cpu=[\w.+-]+|tune=[\w.-]+
              |stack-alignment=\d+|skip-rax-setup|branch-protection=[\w+-]+)
        )$
        """,
        RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Meaningful();

    [GeneratedRegex("^(-fplugin|-fpass-plugin|-load|-Xclang|-mllvm|-cc1|-B.|@|-specs|--config|-fuse-ld|-ivfsoverlay|-include-pch|-fmodule|-fprebuilt|-wrapper|--gcc-toolchain)")]
    private static partial Regex Dangerous();
}
