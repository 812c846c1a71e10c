using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Review.Core.Source;
using Review.Core.Syntax;

namespace Review.Tests.Clang;

/// <summary>
/// Prints everything that a tree says, so that two trees can be compared: each node on a line with all its properties,
/// those of base classes included. Found by reflection, so that a new property cannot be forgotten.
/// </summary>
internal static class TreeDump
{
    private static readonly Dictionary<Type, PropertyInfo[]> Properties = [];

    /// <summary>The whole translation unit.</summary>
    public static string Of(TranslationUnit unit)
    {
        var output = new StringBuilder();
        foreach (var function in unit.Functions)
        {
            output.Append(CultureInfo.InvariantCulture, $"function {Value(function.Symbol)} {Value(function.Parameters)} {function.Span} {function.NameSpan}\n");
            output.Append(Of(function.Body, 1));
        }

        foreach (var global in unit.Globals)
        {
            output.Append(CultureInfo.InvariantCulture, $"global {Value(global.Symbol)} {global.Span}\n{(global.Initializer is null ? "" : Of(global.Initializer, 1))}");
        }

        foreach (var list in new IEnumerable[] { unit.Macros, unit.Comments, unit.Skipped, unit.Messages, unit.Problems, unit.Includes })
        {
            foreach (var item in list)
            {
                output.Append(Value(item)).Append('\n');
            }
        }

        return output.ToString();
    }

    /// <summary>A node and all below it, one line each, indented.</summary>
    public static string Of(Node node, int depth = 0)
    {
        var output = new StringBuilder();
        var stack = new Stack<(Node Node, int Depth)>();
        stack.Push((node, depth));
        while (stack.TryPop(out var top))
        {
            output.Append(' ', top.Depth).Append(top.Node.GetType().Name);
            foreach (var property in PropertiesOf(top.Node.GetType()))
            {
                if (Value(property.GetValue(top.Node)) is { Length: > 0 } value)
                {
                    output.Append(CultureInfo.InvariantCulture, $" {property.Name}={value}");
                }
            }

            output.Append('\n');
            foreach (var child in top.Node.Children.Reverse())
            {
                stack.Push((child, top.Depth + 1));
            }
        }

        return output.ToString();
    }

    // What is derived from the children is left out: they are printed themselves.
    private static PropertyInfo[] PropertiesOf(Type type)
    {
        lock (Properties)
        {
            if (!Properties.TryGetValue(type, out var properties))
            {
                Properties[type] = properties = [.. type.GetProperties()
                    .Where(property => property.Name is not ("Parent" or "Children" or "Unwrapped" or "Labels" or "Pointee" or "Canonical" or "EqualityContract")
                        && !property.PropertyType.IsAssignableTo(typeof(Node)) && property.GetIndexParameters().Length == 0)
                    .OrderBy(property => property.Name, StringComparer.Ordinal)];
            }

            return properties;
        }
    }

    private static string Value(object? value) => value switch
    {
        null or Node or false => "",
        true => "yes",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        CType type => $"'{type.Spelling}':{type.Size}",
        MacroArgument argument => $"({argument.Index} {argument.Span.Start}-{argument.Span.End} {argument.Text}{(argument.IsDiscarded ? " discarded" : "")})",
        MacroInvocation invocation => $"{invocation.Name}@{invocation.Span.Start}-{invocation.Span.End}{Value(invocation.Arguments)}",
        Origin origin => $"{origin.Kind}[{origin.Span.Start}-{origin.Span.End}]{origin.Invocation?.Name}@{origin.Invocation?.Span.Start}/{origin.Macro}/{origin.Argument}",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object>().Select(Value))}]",
        LabelSymbol label => label.Name,
        Symbol or ITuple or CompilerMessage or FunctionProblem or Comment or InitializerElement or Designator or AsmOperand =>
            $"{{{string.Join(' ', PropertiesOf(value.GetType()).Select(property => Value(property.GetValue(value))).Where(static text => text.Length > 0))}}}",
        _ => value.ToString() ?? "",
    };
}
