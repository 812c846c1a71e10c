using System.Collections.Immutable;
using System.Text;
using Review.Clang;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Tests.Cli;

namespace Review.Tests.Clang;

/// <summary>What a precompiled header declares is read once for all files that take it in, as far as they add nothing to it.</summary>
public sealed class SharedHeaderTests : IDisposable
{
    private const string First = """
        #ifndef FIRST_H
        #define FIRST_H
        struct open;
        struct closed { int number; struct open *open; };
        int outside(int);
        static inline void late(void);
        extern const int constant;
        static inline int reads(void) { return constant; }
        static inline int inner(struct closed *c) { return c->number; }
        static inline int outer(struct closed *c) { return inner(c) + outside(1); }
        static inline struct open *look(struct closed *c) { return c->open; }
        static inline void leads(struct closed *c) { if (outer(c) == reads()) late(); }
        #define TWICE(name) static inline int name##_one(int n) { return n; } static inline int name##_two(int n) { return name##_one(n); }
        TWICE(made)
        #endif

        """;

    private const string Common = "#include \"first.h\"\n";

    private readonly TemporaryFolder folder = new();
    private readonly ClangParser parser = new();
    private readonly PrecompiledHeader header;

    public SharedHeaderTests()
    {
        folder.Write("first.h", First);
        folder.Write("common.h", Common);
        folder.Write("later.h", "static inline void late(void) { outside(2); }\n");
        var compiled = Path.Combine(folder.Path, "common.pch");
        header = new PrecompiledHeader(compiled, Path.Combine(folder.Path, "common.h"), parser.Precompile(new SourceText("common.h", Encoding.ASCII.GetBytes(Common)), folder.Path, (folder.Path, null), Arguments, compiled));
    }

    private ImmutableArray<string> Arguments => ["--target=x86_64-linux-gnu", "-std=gnu11", "-nostdinc", "-Wno-undefined-internal", $"-I{folder.Path}"];

    public void Dispose()
    {
        parser.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Two_files_have_the_same_functions_and_members()
    {
        var one = Parse("int f(struct closed *c) { return outer(c) + made_two(c->number); }");
        var other = Parse("int g(struct closed *c) { return c->number + made_one(1) + outer(c); }");
        Assert.Same(Find(one, "outer"), Find(other, "outer"));
        Assert.Same(Find(one, "inner"), Find(other, "inner"));
        Assert.Same(Find(one, "made_one"), Find(other, "made_one"));
        Assert.NotSame(Find(one, "made_one").Symbol, Find(one, "made_two").Symbol);
        Assert.Same(FieldIn(other.Functions[0]), FieldIn(Find(one, "inner")));
        Assert.Same(one.Functions[0].Parameters[0].Type, Find(other, "inner").Parameters[0].Type);
    }

    [Theory]
    [InlineData("void f(struct closed *c) { leads(c); made_two(1); }")]
    [InlineData("#include \"later.h\"\nvoid f(struct closed *c) { leads(c); }")]
    [InlineData("struct open { int here; };\nint f(struct closed *c) { leads(c); return look(c)->here + c->open->here; }")]
    [InlineData("const int constant = 3;\nvoid f(struct closed *c) { leads(c); reads(); }")]
    [InlineData("int outside(int n) { return n; }\nvoid f(struct closed *c) { leads(c); }")]
    public void A_file_has_the_trees_that_it_has_alone(string code)
    {
        var alone = Dump(parser.Parse(Request(code)));
        Assert.Equal(alone, Dump(Parse(code)));
        _ = Parse("struct open { long there; };\nint g(struct closed *c) { leads(c); return look(c)->there; }");
        _ = Parse("void g(struct closed *c) { leads(c); look(c); made_two(2); }");
        Assert.Equal(alone, Dump(Parse(code)));
    }

    [Fact]
    public void A_structure_that_a_file_defines_is_its_own_wherever_the_file_meets_it()
    {
        var without = Parse("void g(struct closed *c) { look(c); }");
        var unit = Parse("struct open { int here; };\nint f(struct closed *c) { return look(c)->here + c->open->here; }");
        var open = Find(unit, "look").Symbol.Signature!.Result.Pointee;
        Assert.Equal(sizeof(int), open!.Size);
        Assert.All(unit.Functions[0].Body.All<MemberExpression>().Where(static member => member.Field.Name == "open"), member => Assert.Same(open, member.Field.Type.Pointee));
        Assert.True(Find(without, "look").Symbol.Signature!.Result.Pointee!.Size < 0);
    }

    private static FunctionDefinition Find(TranslationUnit unit, string name) => unit.Find(name, inHeaders: true)!;

    private static FieldSymbol FieldIn(FunctionDefinition function) => function.Body.All<MemberExpression>()[0].Field;

    private static string Dump(TranslationUnit unit) =>
        PrecompiledHeaderTests.Dump(unit) + string.Concat(unit.HeaderFunctions.Select(static function => $"{function.Header} {function.Name}\n{TreeDump.Of(function.Body)}"));

    private TranslationUnit Parse(string code)
    {
        var request = Request(code);
        return parser.ParseWith(header, request with { Arguments = [.. request.Arguments, "-include-pch", header.File] })!;
    }

    private ParseRequest Request(string code) => new(new SourceText("file.c", Encoding.ASCII.GetBytes("#include \"first.h\"\n" + code)), folder.Path, null, Arguments);
}
