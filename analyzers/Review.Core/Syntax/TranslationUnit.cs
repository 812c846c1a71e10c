using System.Collections.Immutable;
using Review.Core.Source;

namespace Review.Core.Syntax;

/// <summary>One C file under one configuration, parsed. Nothing in it refers to clang any more.</summary>
public sealed class TranslationUnit
{
    /// <summary>The file.</summary>
    public required SourceText Text { get; init; }

    /// <summary>Path inside the kernel tree.</summary>
    public string Path => Text.Path;

    /// <summary>The functions that the file defines, in source order, without those in <see cref="Problems"/>.</summary>
    public required ImmutableArray<FunctionDefinition> Functions { get; init; }

    /// <summary>
    /// The functions of headers that those of the file lead to by calls. They are there to be seen through: no rule looks at them, and their nodes have no place.
    /// </summary>
    public ImmutableArray<FunctionDefinition> HeaderFunctions { get; init; } = [];

    /// <summary>The variables that the file defines at file level, in source order.</summary>
    public required ImmutableArray<GlobalVariable> Globals { get; init; }

    /// <summary>All macro invocations that the file spells, in source order.</summary>
    public required ImmutableArray<MacroInvocation> Macros { get; init; }

    /// <summary>The file's comments, in source order.</summary>
    public required ImmutableArray<Comment> Comments { get; init; }

    /// <summary>The parts of the file that the preprocessor left out under this configuration, in bytes.</summary>
    public required ImmutableArray<TextSpan> Skipped { get; init; }

    /// <summary>What clang said of the file, errors first in source order.</summary>
    public required ImmutableArray<CompilerMessage> Messages { get; init; }

    /// <summary>The functions that could not be turned into a tree, with the reason.</summary>
    public required ImmutableArray<FunctionProblem> Problems { get; init; }

    /// <summary>Paths inside the tree of every file that was read, in ordinal order.</summary>
    public required ImmutableArray<string> Includes { get; init; }
}

/// <summary>A comment with its delimiters.</summary>
public sealed record Comment(TextSpan Span, string Text);

/// <summary>A function that is not analysed.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Span">Its extent in bytes.</param>
/// <param name="Reason">Why, in lower case without a full stop.</param>
/// <param name="IsInvalidCode">True if the code is at fault, or the configuration it is compiled with; false if the front end is.</param>
public sealed record FunctionProblem(string Function, TextSpan Span, string Reason, bool IsInvalidCode = false);

/// <summary>How serious a compiler message is.</summary>
public enum CompilerSeverity
{
    Note,
    Warning,
    Error,
    Fatal,
}

/// <summary>One message of clang, with its notes.</summary>
/// <param name="Severity">clang's severity.</param>
/// <param name="Path">File inside the tree, <c>generated/...</c> for a header of ours, or null if it has no place.</param>
/// <param name="Line">Line from 1.</param>
/// <param name="Column">Column from 1, in bytes.</param>
/// <param name="Offset">Offset in the file, in bytes.</param>
/// <param name="Text">The message.</param>
/// <param name="Option">The warning's option, e.g. <c>-Wmissing-prototypes</c>; empty for errors.</param>
/// <param name="Notes">The notes that belong to it.</param>
public sealed record CompilerMessage(
    CompilerSeverity Severity, string? Path, int Line, int Column, int Offset, string Text, string Option, ImmutableArray<CompilerMessage> Notes)
{
    /// <summary>True for errors, and for warnings that the kernel's build takes for errors.</summary>
    public bool StopsTheBuild { get; init; }
}
