using System.Text.Json;
using Review.Model.Eras;
using Review.Model.Scenarios;

namespace Review.Model.Exploration;

/// <summary>Reads an exploration file from its text, as strictly as <see cref="ScenarioReader"/> does. The only exception it throws is <see cref="ScenarioFormatException"/>.</summary>
public static class ExplorationReader
{
    /// <summary>Reads <paramref name="json"/>; <paramref name="file"/> is only named in errors.</summary>
    public static ExplorationFile Read(string json, string file) => JsonText.Read(json, file, root => ReadRoot(new FieldReader(root, file, new NameScope())));

    private static ExplorationFile ReadRoot(FieldReader fields)
    {
        if (fields.String("schema") is var schema && schema != ExplorationFile.Schema)
        {
            throw fields.Error("schema", $"unknown schema '{schema}' (known: {ExplorationFile.Schema})");
        }

        var eras = fields.Strings("eras").Select(name => KernelEra.Find(name) ?? throw fields.Error("eras", $"unknown era '{name}' (known: {string.Join(", ", KernelEra.All.Select(static era => era.Name))})"));
        var properties = fields.Strings("properties").Select(name => KnownProperties.Find(name)
            ?? throw fields.Error("properties", $"unknown property '{name}' (known: {string.Join(", ", KnownProperties.All.Select(static property => property.Name))})"));
        var setup = fields.List("setup", (operation, place) => OperationReader.Of(operation, place, fields.Scope));
        var threads = fields.RequiredList("threads", (thread, place) => Thread(thread, place, fields.Scope));
        if (threads.Count is < 1 or > ExplorationFile.MostThreads)
        {
            throw fields.Error("threads", $"{threads.Count} threads; between 1 and {ExplorationFile.MostThreads} can be explored");
        }

        var read = new ExplorationFile(
            fields.String("name"),
            fields.OptionalString("fact"),
            fields.Has("eras") ? eras.ToEquatableList() : KernelEra.All.ToEquatableList(),
            fields.Has("properties") ? properties.ToEquatableList() : KnownProperties.All.ToEquatableList(),
            new ZapProtocol(IsStepwise(fields), fields.Strings("defects").Aggregate(Defects.None, (sum, word) => sum | Vocabulary.Defects.ValueOf(fields, "defects", word))),
            setup,
            threads.Select(static (thread, index) => thread.Name.Length > 0 ? thread : thread with { Name = $"CPU{index}" }).ToEquatableList());
        fields.Finish();
        return read;
    }

    private static bool IsStepwise(FieldReader fields) => fields.OptionalString("zap") switch
    {
        null => false,
        "stepwise" => true,
        var other => throw fields.Error("zap", $"unknown word '{other}' (known: stepwise)"),
    };

    private static ExplorationThread Thread(JsonElement element, string place, NameScope setup)
    {
        // A name that one thread defines is not known to another: it depends on the interleaving whether it is there yet.
        var fields = new FieldReader(element, place, setup.Child());
        var thread = new ExplorationThread(fields.OptionalString("name") ?? string.Empty, fields.Flag("daemon"), fields.RequiredList("calls", (operation, where) => OperationReader.Of(operation, where, fields.Scope)));
        fields.Finish();
        return thread;
    }
}
