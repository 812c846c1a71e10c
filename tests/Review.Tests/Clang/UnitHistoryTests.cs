using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Review.Clang;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Kernel;
using Review.Kernel.Architectures;
using Review.Tests.Editors;

namespace Review.Tests.Clang;

/// <summary>Versions of a file that are made out of the one before are what they would be if all was compiled again.</summary>
public sealed partial class UnitHistoryTests
{
    private const int Versions = 20;

    /// <summary>For a session in which nobody knows what is typed next, and for one whose versions are all known from the beginning, as the patches of a series are.</summary>
    [KernelTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_session_of_edits_gives_the_trees_and_messages_that_each_version_has_alone(bool withWarnings)
    {
        using var cache = CacheDirectory.Open();
        using var source = KernelSource.Open(cache, KernelFactAttribute.KernelFolder!, null);
        using var parser = new ClangParser();
        foreach (var file in (string[])["mm/gup.c", "mm/madvise.c"])
        {
            var kernel = new BuildPreparation(cache, source, useCache: true, nameof(PrecompiledHeaderTests)).Prepare(Architecture.X86, ConfigurationSource.Default, null, parser, [file]);
            var header = new PrecompiledHeaders(cache, source, nameof(PrecompiledHeaderTests), CancellationToken.None) { Expected = static _ => int.MaxValue }.For(kernel);
            Assert.NotNull(header);
            var start = Encoding.UTF8.GetString(source.Tree.ReadBytes(file)!);
            var typing = new EditTyping(start, seed: withWarnings ? 8 : 7);
            var warnings = withWarnings ? kernel.Build.WarningsFor(file) : null;
            SourceText[] versions = [.. Enumerable.Range(0, Versions).Select(version => new SourceText(file, Encoding.UTF8.GetBytes(version == 0 ? start : typing.Next())))];
            UnitHistory[] histories = [new UnitHistory(), new UnitHistory([.. versions])];
            for (var version = 0; version < Versions; version++)
            {
                var request = new ParseRequest(versions[version], kernel.Root, kernel.Overlay, [.. kernel.Build.Arguments.For(file, kernel.Root, kernel.Headers, header.File), .. warnings?.Options ?? []])
                {
                    WithWarnings = withWarnings,
                    Errors = warnings?.Errors ?? [],
                };
                var whole = parser.ParseWith(header, request);
                var (expected, named) = whole is null ? ("", []) : (Dump(whole), NamedIn(whole).ToList());
                foreach (var history in histories)
                {
                    var edited = parser.ParseWith(header, request with { History = history });
                    Assert.Equal(whole is null, edited is null);
                    if (edited is not null)
                    {
                        Assert.True(FirstDifference(expected, Dump(edited)) is null, string.Create(CultureInfo.InvariantCulture, $"{file}, version {version}: {FirstDifference(expected, Dump(edited))}"));
                        Assert.Equal(named, NamedIn(edited));
                    }
                }
            }

            Assert.All(histories, history => Assert.True(history.Edits > Versions / 3, string.Create(CultureInfo.InvariantCulture, $"only {history.Edits} of {Versions} versions of {file} were made out of the one before")));
        }
    }

    [Theory]
    [InlineData("int f(void) { return 1; }\nint g(void) { return f(); }\n", "return 1", "return 2", true)]
    [InlineData("int f(void) { return 1; }\nint g(void) { return f(); }\n", "return 1", "return", true)]
    [InlineData("int f(void) { return 1; }\nint g(void) { return f(); }\n", "return f", "return h", true)]
    [InlineData("int f(void) { return 1; }\nint g(void) { return f(); }\n", "return 1; }", "return 1; } int h(void) { return 2; }", false)]
    [InlineData("int f(void) { return 1; }\nint g(void) { return f(); }\n", "int f", "long f", false)]
    [InlineData("int f(void) { return 1; }\nint g(void) { return f(); } /* */\n", "1; }", "1; /* }", false)]
    [InlineData("int f(void)\n{\n#define ONE 1\n\treturn ONE;\n}\nint g(void) { return ONE; }\n", "ONE 1", "ONE 2", false)]
    [InlineData("int f(void)\n{\n#define ONE \\\n 1\n\treturn ONE;\n}\nint g(void) { return ONE; }\n", " 1", " 2", false)]
    [InlineData("int f(void)\n{\n#define ONE 1\n\treturn ONE;\n}\nint g(void) { return ONE; }\n", "\treturn ONE", "\treturn 1 + ONE", true)]
    [InlineData("int f(void) { return 1; }\nstruct { int a; } s;\nint g(void) { return s.a; }\nint h(void) { return s.a; }\n", "g(void) { return s.a", "g(void) { return 1 + s.a", true)]
    [InlineData("#include \"second.h\"\nint f(void) { return 1; }\nint g(void) { return SECOND; }\n", "return 1", "return second(1)", true)]
    [InlineData("static int f(void)\n{\n\treturn 1;\n}\n", "static int f(void)\n{", "static int e(void)\n{\n\treturn 2;\n}\n\nstatic int f(void)\n{\n\te();", true)]
    [InlineData("int f(void)\n{\n\treturn 1;\n}\n", "\treturn 1;\n}\n", "\treturn 1;\n}\n\n/* new */\nint h(void)\n{\n\treturn f();\n}\n", true)]
    [InlineData("/*\n * f\n */\nint f(void)\n{\n\treturn 1;\n}\n", "/*\n * f\n", "/*\n * e\n */\nint e(void)\n{\n\treturn 2;\n}\n\n/*\n * f\n", true)]
    [InlineData("/*\n * f\n */\nint f(void)\n{\n\treturn 1;\n}\n", " * f\n", " * f makes 1\n", true)]
    [InlineData("/*\n * f\n */\nint f(void)\n{\n\treturn 1;\n}\n", " * f\n", " * f */ int v; /* makes 1\n", false)]
    [InlineData("static int e(void)\n{\n\treturn 1;\n}\n\nint f(void)\n{\n\treturn e();\n}\n", "static int e(void)\n{\n\treturn 1;\n}\n\nint f(void)\n{\n\treturn e()", "int f(void)\n{\n\treturn 1", true)]
    [InlineData("static int e(void)\n{\n\treturn 1;\n}\n\nint f(void)\n{\n\treturn e();\n}\n", "static int e(void)\n{\n\treturn 1;\n}\n\n", "", false)]
    [InlineData("static int e(void);\nint f(void)\n{\n\treturn 1;\n}\n", "\treturn 1;\n}\n", "\treturn 1;\n}\n\nstatic int e(void)\n{\n\treturn 2;\n}\n", false)]
    [InlineData("int f(void)\n{\n\treturn 1;\n}\n", "\treturn 1;\n}\n", "\treturn 1;\n}\n\nstatic int v;\nint h(void)\n{\n\treturn v;\n}\n", false)]
    [InlineData("int f(void)\n{\n\treturn 1;\n}\n__attribute__((noinline))\nint g(void) { return 2; }\n", "int g", "int h(void)\n{\n\treturn 3;\n}\nint g", false)]
    [InlineData("int f(void)\n{\n\treturn 1;\n}\n#if 0\nint g(void) { return 2; }\n#endif\n", "int g", "int h(void)\n{\n\treturn 3;\n}\nint g", false)]
    [InlineData("int f(void)\n{\n\treturn 1;\n}\n#define N 1 /* one */\nint g(void) { return N; }\n", "#define", "int h(void)\n{\n\treturn 3;\n}\n/* { */\n#define", true)]
    [InlineData("int f(void)\n{\n\treturn 1;\n}\n#define N 1 /* one */\nint g(void) { return 2; }\n", "#define", "int h(void)\n{\n\treturn 3;\n}\n/* {\n}\n#define", false)]
    [InlineData("int f(int h)\n{\n\treturn h;\n}\n", "int f", "static int h(void)\n{\n\treturn 3;\n}\n\nint f", false)]
    [InlineData("#define M(n) int n(void) { return n##1(); }\nint f1(void);\nM(f)\nint g(void) { return f(); }\n", "return f()", "return 0", true)]
    public void An_edit_gives_what_the_version_alone_gives(string text, string from, string to, bool isTaken)
    {
        using var folder = new HeaderFolder();
        using var parser = new ClangParser();
        var (header, history) = (folder.Precompile(parser), new UnitHistory());
        var changed = text.Replace(from, to, StringComparison.Ordinal);
        _ = Parse(text, history);
        Assert.Equal(Dump(Parse(changed, null)), Dump(Parse(changed, history)));
        Assert.Equal(isTaken ? 1 : 0, history.Edits);
        Assert.Equal(Dump(Parse(text, null)), Dump(Parse(text, history)));

        TranslationUnit Parse(string version, UnitHistory? versions) => parser.ParseWith(header, folder.Request(version) with { Arguments = [.. folder.Arguments, "-include-pch", header.File], History = versions })!;
    }

    [Theory]
    [InlineData("static int f(void) { return 1; }\nint g(void) { return f(); }\n", "return f()", "return 2", 0)]
    [InlineData("static int f(void) { return 1; }\nint g(void) { return f(); }\n", "return f()", "return 1 + f()", 1)]
    [InlineData("static int f(void) { return 1; }\nint g(void) { return f(); }\nint h(void) { return f(); }\n", "return f(); }\nint h", "return 2; }\nint h", 1)]
    [InlineData("static int f(void) { return 1; }\nint g(void) { return f(); }\n", "return 1", "return 2", 1)]
    [InlineData("static int v;\nint f(void) { return 1; }\nint g(void) { return v; }\n", "return 1", "return 2", 1)]
    [InlineData("static int v;\nint f(void) { return 1; }\nint g(void) { return v; }\n", "return v", "return 2", 0)]
    [InlineData("static const int v = 1;\nint f(void) { return 1; }\nint g(void) { return v; }\n", "return v", "return 2", 0)]
    [InlineData("int f(void) { return 1; }\nint g(void) { return f(); }\n", "return 1", "int a; return 1", 1)]
    [InlineData("int f(void) { return 1; }\nint g(void) { return f(); }\n", "return 1;", "f();", 1)]
    [InlineData("int f(int);\nstatic int s(void);\nint g(int a) { return f(a); }\nint h(void) { return 2; }\nstatic int s(void) { return h(); }\nint i(void) { return s(); }\n", "return f(a)", "return s()", 1)]
    [InlineData("static int s(void);\nint g(void) { return 1; }\nint h(void) { return 2; }\n", "return 1", "return s()", 0)]
    [InlineData("static int f(int a) { if (a) return f(a - 1); return 0; }\nint g(void) { return f(3); }\n", "return f(3)", "return sizeof(f(3))", 0)]
    [InlineData("int f(void)\n{\n\treturn 1;\n}\n", "int f(void)\n{\n\treturn 1", "static int e(void)\n{\n\treturn 1;\n}\n\nint f(void)\n{\n\treturn e()", 1)]
    [InlineData("int f(void)\n{\n\treturn 1;\n}\n", "int f(void)\n{\n\treturn 1", "static int e(void)\n{\n\treturn 1;\n}\n\nint f(void)\n{\n\treturn 1", 0)]
    [InlineData("int f(void)\n{\n\treturn 1;\n}\n", "int f(void)\n{\n\treturn 1", "static int e(int a)\n{\n\treturn a ? e(a - 1) : 1;\n}\n\nint f(void)\n{\n\treturn 1", 0)]
    [InlineData("static int d(void)\n{\n\treturn 1;\n}\n\nint f(void)\n{\n\treturn d();\n}\n", "int f(void)\n{\n\treturn d()", "static int e(void)\n{\n\treturn d();\n}\n\nint f(void)\n{\n\treturn e()", 1)]
    [InlineData("static int d(void)\n{\n\treturn 1;\n}\n\nstatic int e(void)\n{\n\treturn d();\n}\n\nint f(void)\n{\n\treturn e();\n}\n", "static int e(void)\n{\n\treturn d();\n}\n\nint f(void)\n{\n\treturn e()", "int f(void)\n{\n\treturn 1", 0)]
    [InlineData("static int d(void)\n{\n\treturn 1;\n}\n\nstatic int e(void)\n{\n\treturn d();\n}\n\nint f(void)\n{\n\treturn e();\n}\n", "static int e(void)\n{\n\treturn d();\n}\n\nint f(void)\n{\n\treturn e()", "int f(void)\n{\n\treturn d()", 1)]
    [InlineData("int f(void)\n{\n\treturn 1;\n}\n", "int f(void)\n{\n\treturn 1", "static int e(void)\n{\n\tint a;\n\treturn 1;\n}\n\nint f(void)\n{\n\treturn e()", 0)]
    public void A_warning_of_an_edited_version_is_one_that_the_version_has_alone(string text, string from, string to, int edits)
    {
        using var folder = new HeaderFolder();
        using var parser = new ClangParser();
        var (header, history) = (folder.Precompile(parser), new UnitHistory());
        var changed = text.Replace(from, to, StringComparison.Ordinal);
        var before = Parse(text, history);
        Assert.Equal(Dump(Parse(changed, null)), Dump(Parse(changed, history)));
        Assert.Equal(before.Messages.IsEmpty ? edits : 0, history.Edits);
        Assert.Equal(Dump(Parse(text, null)), Dump(Parse(text, history)));

        TranslationUnit Parse(string version, UnitHistory? versions) => parser.ParseWith(header, folder.Request(version) with
        {
            Arguments = [.. folder.Arguments, "-include-pch", header.File, "-Wall", "-Wextra", "-Wunused-const-variable"],
            WithWarnings = true,
            Errors = ["-Wreturn-type"],
            History = versions,
        })!;
    }

    /// <summary>Each letter is the function that the next version edits; what is compiled stands behind, the first version apart.</summary>
    [Theory]
    [InlineData("a", 1)]
    [InlineData("abc", 1)]
    [InlineData("cba", 1)]
    [InlineData("cab", 1)]
    [InlineData("aba", 2)]
    [InlineData("abacbc", 3)]
    [InlineData("aabbcc", 4)]
    [InlineData("aWbc", 5)]
    [InlineData("abXc", 6)]
    [InlineData("acUb", 6)]
    [InlineData("Eab", 4)]
    [InlineData("aNc", 1)]
    [InlineData("NMa", 3)]
    [InlineData("NaMc", 2)]
    [InlineData("NMNa", 5)]
    [InlineData("FN", 5)]
    [InlineData("NaG", 3)]
    [InlineData("aCb", 1)]
    public void Versions_that_are_expected_are_compiled_together_and_give_what_each_gives_alone(string edits, int compilations)
    {
        using var folder = new HeaderFolder();
        using var parser = new ClangParser();
        var header = folder.Precompile(parser);
        var text = """
            #include "second.h"
            #define TWICE(x) ((x) + (x))
            static int before = 1;
            static int used(int n) { return n; } /* one */
            /* outside */
            int a(int n)
            {
            	static int kept;
            	int m = TWICE(n) + before; /* a */
            	return m + kept;
            }
            static int between = 2;
            int b(int n)
            {
            	struct local { int field; } l = { n };
            	return TWICE(l.field) + between + a(n); /* b */
            }
            #if 0
            int none(void) { return 0; }
            #endif
            static int behind = 3;
            int c(int n)
            {
            	int (*f)(int) = b;
            	return f(TWICE(behind)) + used(n); /* c */
            }

            """;
        var versions = new List<string> { text };
        foreach (var edit in edits)
        {
            text = edit switch
            {
                'W' => text.Replace("/* b */", "/* b */ int warned;", StringComparison.Ordinal),
                'X' => text.Replace("/* b */", "/* b */ nothing", StringComparison.Ordinal),
                'U' => text.Replace("used(n)", "n", StringComparison.Ordinal),
                'N' => Line(text, "int b(", "static int helper(int n)\n{\n\treturn TWICE(n);\n}\n").Replace("TWICE(l.field)", "helper(l.field)", StringComparison.Ordinal),
                'M' => text.Replace("static int helper(int n)\n{\n\treturn TWICE(n);\n}\n", "", StringComparison.Ordinal).Replace("helper(l.field)", "TWICE(l.field)", StringComparison.Ordinal),
                'F' => text.Replace("/* a */", "/* a */ m += helper(m);", StringComparison.Ordinal),
                'G' => text.Replace("static int helper(int n)\n{\n\treturn TWICE(n);\n}\n", "", StringComparison.Ordinal),
                'C' => text.Replace("/* outside */", "/* also outside */", StringComparison.Ordinal),
                'E' => text.Replace("/* c */", "/* c */ { extern int far; far++; }", StringComparison.Ordinal),
                _ => text.Replace($"/* {edit} */", $"/* {edit} */\n\t{{ int deep = second(n) + TWICE(before); (void)deep; }}", StringComparison.Ordinal),
            };
            versions.Add(text);
        }

        var compiled = 0;
        var history = new UnitHistory([.. versions.Select(version => folder.Request(version).Text)]);
        foreach (var version in versions)
        {
            var edited = Parse(version, history, () => compiled++);
            var alone = Parse(version, null, static () => { });
            Assert.Equal(Dump(alone), Dump(edited));
            Assert.Equal(NamedIn(alone), NamedIn(edited));
        }

        Assert.Equal(compilations, compiled - 1);

        TranslationUnit Parse(string version, UnitHistory? known, Action heard) => parser.ParseWith(header, folder.Request(version) with
        {
            Arguments = [.. folder.Arguments, "-include-pch", header.File, "-Wall", "-Wextra"],
            WithWarnings = true,
            History = known,
            OnTimes = (_, _) => heard(),
        })!;
    }

    private static string Line(string text, string before, string lines) => text.Insert(text.IndexOf(before, StringComparison.Ordinal), lines);

    [Fact]
    public void A_header_that_changes_on_disk_is_read_again_for_all()
    {
        using var folder = new HeaderFolder();
        using var parser = new ClangParser();
        var (header, history) = (folder.Precompile(parser), new UnitHistory());
        File.WriteAllText(folder.At("own.h"), "#define OWN 1\n");
        var first = Parse("int f(void) { return 1; }\nint g(void) { return OWN; }\n");
        File.WriteAllText(folder.At("own.h"), "#define OWN 2\n");
        Assert.Equal(2, ValueOf(Parse("int f(void) { return 2; }\nint g(void) { return OWN; }\n")));
        Assert.Equal((1, 0), (ValueOf(first), history.Edits));

        TranslationUnit Parse(string version) =>
            parser.ParseWith(header, folder.Request("#include \"own.h\"\n" + version) with { Arguments = [.. folder.Arguments, "-include-pch", header.File], History = history })!;

        static long? ValueOf(TranslationUnit unit) => unit.Functions[^1].Body.DescendantsAndSelf().OfType<LiteralExpression>().Single().Constant;
    }

    // What __LINE__ stands for in a tree that has moved is the line of before; nobody looks at it.
    private static string Dump(TranslationUnit unit) =>
        LineNumber().Replace(PrecompiledHeaderTests.Dump(unit), "$1") + string.Concat(unit.HeaderFunctions.Select(static function => $"{function.Header} {function.Name}\n{TreeDump.Of(function.Body)}"));

    /// <summary>Each symbol outside of functions and each record once for each object that stands for it: equal ones have to be the same object.</summary>
    private static IEnumerable<string> NamedIn(TranslationUnit unit)
    {
        var nodes = unit.Functions.Concat(unit.HeaderFunctions).SelectMany(static function => function.Body.DescendantsAndSelf()).Concat(unit.Globals.SelectMany(static global => global.Initializer?.DescendantsAndSelf() ?? [])).ToList();
        var symbols = nodes.Select(static node => node switch { NameExpression { Symbol: not VariableSymbol { IsAutomatic: true } } name => name.Symbol, MemberExpression member => member.Field, _ => null })
            .Concat(unit.Functions.Select(static function => function.Symbol)).OfType<Symbol>().Distinct().Where(static symbol => !symbol.Name.StartsWith("__compiletime_assert_", StringComparison.Ordinal)).Select(static symbol => $"{symbol.GetType().Name} {(symbol as FieldSymbol)?.Record} {symbol.Name}");
        var records = nodes.OfType<Expression>().Select(static node => node.Type.Canonical).OfType<RecordType>().Distinct().Select(static record => record.Spelling);
        return symbols.Concat(records).Order(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"(Expression )Constant=\d+(?= [^\n]*Origin=Pasted)")]
    private static partial Regex LineNumber();

    private static string? FirstDifference(string one, string other) => PrecompiledHeaderTests.FirstDifference(one, other);
}
