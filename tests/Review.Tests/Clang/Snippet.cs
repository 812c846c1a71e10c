using System.Text;
using Review.Clang;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Tests.Clang;

/// <summary>Small C files of our own, parsed as one file of a tree that exists only in memory.</summary>
internal static class Snippet
{
    /// <summary>The path that a snippet has in its tree.</summary>
    public const string Path = "mm/snippet.c";

    /// <summary>What the bodies of <see cref="Body"/> may name.</summary>
    public const string Prelude = """
        typedef unsigned long size_type;
        enum color { RED, GREEN = 5, BLUE };
        struct inner { int x; int y; };
        struct node {
            struct node *next;
            int value;
            unsigned int low : 3, high : 5;
            union { long as_long; struct { short first, second; }; };
            struct inner in;
            int array[4];
            int (*op)(struct node *, int);
        };
        extern int call(int, ...);
        extern void stop(void) __attribute__((noreturn));
        extern int global;

        """;

    /// <summary>Parses a whole file.</summary>
    public static TranslationUnit Parse(string text, params string[] arguments)
    {
        using var parser = new ClangParser();
        return parser.Parse(Request(Encoding.UTF8.GetBytes(text), arguments));
    }

    /// <summary>What the parser is asked for a file of these bytes.</summary>
    public static ParseRequest Request(byte[] bytes, params string[] arguments) => new(
        new SourceText(Path, bytes), "/snippet/tree", "/snippet/overlay", ["--target=x86_64-linux-gnu", "-std=gnu11", "-fms-extensions", "-nostdinc", "-O2", .. arguments]);

    /// <summary>Parses a file and takes its function <c>f</c>; fails if anything in the file was not analysed.</summary>
    public static FunctionDefinition Function(string text, params string[] arguments)
    {
        var unit = Parse(text, arguments);
        Assert.Empty(unit.Problems);
        return Assert.Single(unit.Functions, static function => function.Name == "f");
    }

    /// <summary>The body of a function with two numbers, a node and a pointer to a number as parameters.</summary>
    public static BlockStatement Body(string statements) =>
        Function($"{Prelude}\nint f(int a, int b, struct node *p, int *q)\n{{\n{statements}\n}}\n").Body;

    /// <summary>The only node of a kind below another.</summary>
    public static TNode Only<TNode>(this Node root)
        where TNode : Node => Assert.Single(root.DescendantsAndSelf<TNode>());

    /// <summary>All nodes of a kind below another, parents before children.</summary>
    public static TNode[] All<TNode>(this Node root)
        where TNode : Node => [.. root.DescendantsAndSelf<TNode>()];
}
