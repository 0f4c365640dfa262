using ChatBot.Commands;
using ChatBot.Core.Text;
using ChatBot.Hosting;
using ChatBot.Tests.Configuration;
using Mono.Cecil;
using Xunit;

namespace ChatBot.Tests;

/// <summary>
/// Folders are floors: a folder uses only what stands before it here, so that there is no cycle. Read from the built assemblies, down to
/// the bodies of methods.
/// </summary>
public class FloorsTests
{
    private static readonly string[] Core =
    [
        "Text", "Language", "Machines", "People", "Reports", "Irc", "Irc/Session", "Mail", "Mail/Formats", "Changelog", "Mutes",
        "Interventions", "Incidents", "Delivery", "Monitoring", "Newcomers", "Commands",
    ];

    private static readonly string[] Program =
    [
        "Async", "Posix", "Net", "Metrics", "Configuration", "Storage", "Reports", "Outbox", "Incidents", "Changelog", "Mutes", "Interventions", "Mail", "Send", "OpenPgp", "MailedOrders", "Irc", "Monitoring",
        "Newcomers", "Commands", "Web", "Demo", "Scheduling", "Hosting",
    ];

    [Fact]
    public void No_folder_of_Core_uses_one_above_it() =>
        Assert.Empty(Upwards(typeof(PublicText).Assembly.Location, "ChatBot.Core", Core));

    [Fact]
    public void No_folder_of_the_program_uses_one_above_it() => Assert.Empty(Upwards(typeof(Bot).Assembly.Location, "ChatBot", Program));

    [Fact]
    public void Commands_stand_on_Core_alone()
    {
        using var module = ModuleDefinition.ReadModule(typeof(CommandList).Assembly.Location);
        Assert.Equal(
            ["ChatBot.Core"], module.AssemblyReferences.Select(one => one.Name).Where(name => !name.StartsWith("System.", StringComparison.Ordinal)));
        Assert.All(module.GetTypes().Where(IsOurs), type => Assert.Equal("ChatBot.Commands", TopOf(type).Namespace));
    }

    [Fact]
    public void Core_has_no_input_or_output()
    {
        string[] forbidden =
        [
            "System.IO.File", "System.IO.Directory", "System.Net.Sockets.", "System.Net.Http.", "System.Diagnostics.Process", "System.Data.",
            "System.Console",
        ];
        using var module = ModuleDefinition.ReadModule(typeof(PublicText).Assembly.Location);
        Assert.DoesNotContain(
            module.GetTypeReferences(), type => forbidden.Any(one => type.FullName.StartsWith(one, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_page_about_the_house_draws_the_same_floors()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "src", "README.md"));
        Assert.Contains(Drawn(Core), page, StringComparison.Ordinal);
        Assert.Contains(Drawn(Program), page, StringComparison.Ordinal);
    }

    private static string Drawn(string[] floors) => string.Join(" · ", floors.Select(floor => $"`{floor}`"));

    // "Irc.IrcEvent -> Irc/Session.IrcSession", each once.
    private static IReadOnlyList<string> Upwards(string assembly, string root, string[] floors)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in module.GetTypes().Where(type => IsOurs(type) && TopOf(type).Namespace.StartsWith(root + ".", StringComparison.Ordinal)))
        {
            var from = FloorOf(type, root);
            Assert.True(floors.Contains(from), $"{from} is no floor");
            foreach (var used in UsedBy(type).OfType<TypeDefinition>().Where(IsOurs).Distinct())
            {
                var to = FloorOf(used, root);
                if (to.Length > 0 && Array.IndexOf(floors, to) > Array.IndexOf(floors, from))
                {
                    found.Add($"{from}.{TopOf(type).Name} -> {to}.{TopOf(used).Name}");
                }
            }
        }

        return [.. found];
    }

    private static string FloorOf(TypeDefinition type, string root) =>
        TopOf(type).Namespace is var name && name.Length > root.Length ? Floor(name[(root.Length + 1)..]) : "";

    private static string Floor(string folder) =>
        folder.StartsWith("Configuration.", StringComparison.Ordinal) ? "Configuration" : folder.Replace('.', '/');

    private static TypeDefinition TopOf(TypeDefinition type) => type.DeclaringType is { } outer ? TopOf(outer) : type;

    // Not what the compiler and generators add.
    private static bool IsOurs(TypeDefinition type) => TopOf(type).Namespace.StartsWith("ChatBot", StringComparison.Ordinal);

    private static IEnumerable<TypeReference> UsedBy(TypeDefinition type)
    {
        IEnumerable<TypeReference?> used =
        [
            type.BaseType,
            .. type.Interfaces.Select(one => one.InterfaceType),
            .. type.Fields.Select(field => field.FieldType),
            .. type.Methods.SelectMany(UsedBy),
        ];
        return used.OfType<TypeReference>().SelectMany(Parts);
    }

    private static IEnumerable<TypeReference?> UsedBy(MethodDefinition method)
    {
        IEnumerable<TypeReference?> used = [method.ReturnType, .. method.Parameters.Select(one => one.ParameterType)];
        if (!method.HasBody)
        {
            return used;
        }

        return used
            .Concat(method.Body.Variables.Select(one => one.VariableType))
            .Concat(method.Body.Instructions.SelectMany(instruction => instruction.Operand switch
            {
                TypeReference type => [type],
                FieldReference field => [field.DeclaringType, field.FieldType],
                GenericInstanceMethod called => [called.DeclaringType, called.ReturnType, .. called.GenericArguments],
                MethodReference called => [called.DeclaringType, called.ReturnType],
                _ => Array.Empty<TypeReference?>(),
            }));
    }

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
        GenericParameter => [],
        TypeSpecification specified => Parts(specified.ElementType),
        _ => [type],
    };
}
