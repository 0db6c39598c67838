using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;

namespace BusIngest.Specs.Transports;

/// <summary>
/// MassTransit.RabbitMQ asks for a newer RabbitMQ.Client than the one that is pinned. What the runtime would only find when it is called, at
/// night, is looked up here: every type and member that the one refers to is in the other.
/// </summary>
public sealed class ClientVersionSpecs
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Assembly Client = typeof(IConnection).Assembly;

    [Fact]
    public void Should_have_every_member_that_the_transport_refers_to()
    {
        using var file = new PEReader(File.OpenRead(typeof(RabbitMqReceiveContext).Assembly.Location));
        var metadata = file.GetMetadataReader();

        var looked = 0;
        var missing = new List<string>();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (DeclaringType(metadata, member) is not { } typeName)
                continue;

            looked++;
            if (!Has(Client.GetType(typeName), metadata, member))
                missing.Add($"{typeName}.{metadata.GetString(member.Name)}");
        }

        Assert.True(looked > 50, $"only {looked} members were looked at");
        Assert.Empty(missing);
    }

    [Fact]
    public void Should_have_every_type_that_the_transport_refers_to()
    {
        using var file = new PEReader(File.OpenRead(typeof(RabbitMqReceiveContext).Assembly.Location));
        var metadata = file.GetMetadataReader();

        var names = metadata.TypeReferences.Select(handle => NameInClient(metadata, handle)).OfType<string>().ToList();

        Assert.True(names.Count > 20, $"only {names.Count} types were looked at");
        Assert.DoesNotContain(names, name => Client.GetType(name) is null);
    }

    /// <summary>Whether the type, or one that it has its members from, has one of this name and signature.</summary>
    private static bool Has(Type? type, MetadataReader metadata, MemberReference member)
    {
        if (type is null)
            return false;

        var name = metadata.GetString(member.Name);
        var family = Parents(type).Prepend(type);
        if (member.GetKind() == MemberReferenceKind.Field)
            return family.Any(x => x.GetField(name, Declared) is not null);

        var signature = member.DecodeMethodSignature(new SignatureText(), genericContext: null);
        return family.Any(x => x.GetMembers(Declared).OfType<MethodBase>().Any(
            method => string.Equals(method.Name, name, StringComparison.Ordinal) && SignatureText.Matches(method, signature)));
    }

    private static IEnumerable<Type> Parents(Type type)
    {
        foreach (var parent in type.GetInterfaces())
            yield return parent;
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
            yield return parent;
    }

    /// <summary>The name of the client's type that a member belongs to; null for those of other assemblies.</summary>
    private static string? DeclaringType(MetadataReader metadata, MemberReference member)
    {
        if (member.Parent.Kind == HandleKind.TypeReference)
            return NameInClient(metadata, (TypeReferenceHandle)member.Parent);
        if (member.Parent.Kind != HandleKind.TypeSpecification)
            return null;

        // A generic type with its arguments: its members are those of the type without. Those that the compiler made have names that begin with <.
        var specification = metadata.GetTypeSpecification((TypeSpecificationHandle)member.Parent).DecodeSignature(new SignatureText(), genericContext: null);
        var name = specification.Split('<')[0];
        return name.Length == 0 || Client.GetType(name) is null ? null : name;
    }

    private static string? NameInClient(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = metadata.GetString(type.Name);
        switch (type.ResolutionScope.Kind)
        {
            case HandleKind.TypeReference:
                return NameInClient(metadata, (TypeReferenceHandle)type.ResolutionScope) is { } outer ? $"{outer}+{name}" : null;
            case HandleKind.AssemblyReference:
                var assembly = metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name);
                return string.Equals(assembly, "RabbitMQ.Client", StringComparison.Ordinal) ? $"{metadata.GetString(type.Namespace)}.{name}" : null;
            default:
                return null;
        }
    }
}
