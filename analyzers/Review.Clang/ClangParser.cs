using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using ClangSharp.Interop;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Clang;

/// <summary>
/// Parses C files with libclang into trees of our own. One parser serves one thread at a time; several parsers may run side by
/// side. Never throws on bad C: the result says what could not be analysed.
/// </summary>
public sealed unsafe partial class ClangParser : IDisposable
{
    /// <summary>
    /// Stack of the thread that parses, in bytes: room for nesting of any depth that people write, and of far more. clang itself takes 4 KB
    /// for each level of an expression.
    /// </summary>
    private const int StackSize = 256 << 20;

    private void* index;
    private bool isDisposed;

    static ClangParser()
    {
        // Without this libclang parses on a thread of its own, with a stack of 8 MB. .NET's own environment is not the one that it reads.
        _ = SetEnvironmentVariable("LIBCLANG_NOTHREADS", "1", overwrite: 1);
        NativeHeap.Settle();
    }

    /// <summary>libclang's name and version.</summary>
    public static string Version => NativeText.Take(clang.getClangVersion());

    /// <summary>Parses one file.</summary>
    /// <exception cref="ClangFailedException">libclang gave no translation unit at all.</exception>
    public TranslationUnit Parse(ParseRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return WithUnit(request, unit => new UnitReader((CXTranslationUnitImpl*)unit, request).Read());
    }

    /// <summary>
    /// Parses one file whose arguments take a precompiled header in. Null if the file has to be parsed without: it needs what its own includes do not
    /// lead to, or says in front of them how they are to be read.
    /// </summary>
    /// <exception cref="ClangFailedException">libclang gave no translation unit at all; for example because a header was changed meanwhile.</exception>
    public TranslationUnit? ParseWith(PrecompiledHeader header, ParseRequest request)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(request);
        if (request.Others.Any(other => header.Index.Contains(request.PathOf(other))) || LeadingMacros.Change(request.Text, header.Index))
        {
            return null;
        }

        if (request.History?.Take(request) is { } known)
        {
            return known;
        }

        if (request.History?.EditsIn(request) is { } edits && ParseEdited(header, request, edits) is { } edited)
        {
            return edited;
        }

        request = request with { Shared = request.History is null ? null : new SharedSymbols() };
        return WithUnit(request, unit =>
        {
            var reader = new UnitReader((CXTranslationUnitImpl*)unit, request, header);
            var read = reader.Read();
            if (!reader.KeepsToItsIncludes)
            {
                return null;
            }

            request.History?.Keep(request, read, reader.Headers);
            return read;
        });
    }

    private TranslationUnit? ParseEdited(PrecompiledHeader header, ParseRequest request, EditSequence edits)
    {
        var versions = WithUnit(request with { Compiled = edits.WithoutOtherBodies() }, unit =>
            new UnitReader((CXTranslationUnitImpl*)unit, request with { Text = edits.Text, Shared = request.History!.Symbols }, header).ReadEdited(edits));
        if (versions.IsEmpty && edits.Edits.Length > 1)
        {
            // Something is to be said of one of them: each is looked at for itself.
            request.History!.ExpectNothing();
            return request.History.EditsIn(request) is { } first ? ParseEdited(header, request, first) : null;
        }

        request.History!.KeepForLater(versions.Skip(1));
        return versions.FirstOrDefault();
    }

    /// <summary>Compiles a header, which lies on disk, for <see cref="ParseWith"/>, and writes the result to a file.</summary>
    /// <param name="header">The header as it lies on disk.</param>
    /// <param name="folder">Absolute path of the folder that it lies in.</param>
    /// <param name="roots">Where the tree that it is for lies, and the generated headers outside of it, as in the requests of the files.</param>
    /// <param name="arguments">Arguments for clang: those of every file that will be parsed with it.</param>
    /// <param name="file">Where the result is written.</param>
    /// <exception cref="ClangFailedException">The header cannot be compiled, or the result not be written.</exception>
    public HeaderIndex Precompile(SourceText header, string folder, (string Tree, string? Overlay) roots, ImmutableArray<string> arguments, string file)
    {
        var request = new ParseRequest(header, folder, null, ["-x", "c-header", .. arguments, .. WithoutPlace(roots.Tree, roots.Overlay)]);
        return WithUnit(
            request,
            unit =>
            {
                var native = (CXTranslationUnitImpl*)unit;
                if (MessageReader.Read(native, request).FirstOrDefault(static message => message.Severity >= CompilerSeverity.Error) is { } error)
                {
                    throw new ClangFailedException($"the common headers cannot be compiled: {error.Text}");
                }

                var name = NativeText.Copy(file);
                var status = (CXSaveError)clang.saveTranslationUnit(native, name, (uint)CXSaveTranslationUnit_Flags.CXSaveTranslationUnit_None);
                NativeMemory.Free(name);
                return status == CXSaveError.CXSaveError_None ? HeaderIndex.Of(native) : throw new ClangFailedException($"{file} cannot be written: {status}");
            },
            CXTranslationUnit_Flags.CXTranslationUnit_ForSerialization);
    }

    public void Dispose()
    {
        isDisposed = true;
        if (index is not null)
        {
            clang.disposeIndex(index);
            index = null;
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);

    /// <summary>Parses a file and hands the translation unit to a reader, on a thread with room for deep trees.</summary>
    internal TResult WithUnit<TResult>(ParseRequest request, Func<nint, TResult> read, CXTranslationUnit_Flags more = CXTranslationUnit_Flags.CXTranslationUnit_None)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        TResult? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = ParseHere(request, read, more);
                }
#pragma warning disable CA1031 // Everything is rethrown on the caller's thread.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            StackSize);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    /// <summary>libclang is loaded when something is parsed: a run that has nothing to parse ends before that would be done.</summary>
    private void* Index()
    {
        if (index is null)
        {
            index = clang.createIndex(excludeDeclarationsFromPCH: 1, displayDiagnostics: 0);

            // createIndex installs signal handlers that break .NET's own null checks, every time it is called.
            clang.toggleCrashRecovery(0);
        }

        return index;
    }

    // kbuild maps __FILE__ like this; without it a string, and so a type, would depend on where the tree lies.
    private static IEnumerable<string> WithoutPlace(string treeRoot, string? overlayRoot) =>
        [$"-fmacro-prefix-map={treeRoot}/=", .. overlayRoot is null ? (string[])[] : [$"-fmacro-prefix-map={overlayRoot}/=generated/"]];

    private TResult ParseHere<TResult>(ParseRequest request, Func<nint, TResult> read, CXTranslationUnit_Flags more)
    {
        ImmutableArray<string> arguments =
        [
            .. request.Arguments,
            .. WithoutPlace(request.TreeRoot, request.OverlayRoot),
            "-ferror-limit=0",
            .. request.WithWarnings ? (string[])[] : ["-w"],
        ];
        var native = (sbyte**)NativeMemory.Alloc((nuint)arguments.Length, (nuint)sizeof(sbyte*));
        for (var i = 0; i < arguments.Length; i++)
        {
            native[i] = NativeText.Copy(arguments[i]);
        }

        var path = NativeText.Copy(request.AbsolutePath);
        CXTranslationUnitImpl* unit = null;
        try
        {
            using var files = new UnsavedFiles(request);
            NativeHeap.UseHugePages();
            var start = Stopwatch.GetTimestamp();
            var error = clang.parseTranslationUnit2(
                Index(), path, native, arguments.Length, files.First, (uint)files.Count, (uint)(CXTranslationUnit_Flags.CXTranslationUnit_DetailedPreprocessingRecord | more), &unit);
            if (error != CXErrorCode.CXError_Success || unit is null)
            {
                throw new ClangFailedException($"libclang could not parse {request.Text.Path}: {error}");
            }

            var parsed = Stopwatch.GetTimestamp();
            var result = read((nint)unit);
            request.OnTimes?.Invoke(Stopwatch.GetElapsedTime(start, parsed), Stopwatch.GetElapsedTime(parsed));
            return result;
        }
        finally
        {
            if (unit is not null)
            {
                clang.disposeTranslationUnit(unit);
            }

            NativeMemory.Free(path);
            for (var i = 0; i < arguments.Length; i++)
            {
                NativeMemory.Free(native[i]);
            }

            NativeMemory.Free(native);
        }
    }
}

/// <summary>libclang gave no translation unit: wrong arguments, or it failed inside.</summary>
public sealed class ClangFailedException(string message) : Exception(message);
