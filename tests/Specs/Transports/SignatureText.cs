using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;

namespace BusIngest.Specs.Transports;

/// <summary>Writes types of a signature as text, the same for what metadata says and for what reflection shows.</summary>
internal sealed class SignatureText : ISignatureTypeProvider<string, object?>
{
    /// <summary>Whether a method has this signature.</summary>
    public static bool Matches(MethodBase method, MethodSignature<string> signature) =>
        method.IsStatic != signature.Header.IsInstance
        && (method.IsGenericMethod ? method.GetGenericArguments().Length : 0) == signature.GenericParameterCount
        && string.Equals(Text((method as MethodInfo)?.ReturnType ?? typeof(void)), signature.ReturnType, StringComparison.Ordinal)
        && method.GetParameters().Select(parameter => Text(parameter.ParameterType)).SequenceEqual(signature.ParameterTypes, StringComparer.Ordinal);

    public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.Void => "System.Void",
        PrimitiveTypeCode.Object => "System.Object",
        PrimitiveTypeCode.String => "System.String",
        _ => $"System.{typeCode}",
    };

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeDefinition(handle);
        return Name(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, rawTypeKind)}+{reader.GetString(type.Name)}"
            : Name(reader.GetString(type.Namespace), reader.GetString(type.Name));
    }

    public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType}<{string.Join(',', typeArguments)}>";

    public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

    public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

    public string GetSZArrayType(string elementType) => $"{elementType}[]";

    public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType}[{new string(',', shape.Rank - 1)}]";

    public string GetByReferenceType(string elementType) => $"{elementType}&";

    public string GetPointerType(string elementType) => $"{elementType}*";

    public string GetPinnedType(string elementType) => elementType;

    public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

    public string GetFunctionPointerType(MethodSignature<string> signature) => "method*";

    private static string Text(Type type)
    {
        if (type.IsByRef)
            return $"{Text(type.GetElementType()!)}&";
        if (type.IsArray)
            return $"{Text(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericMethodParameter)
            return $"!!{type.GenericParameterPosition}";
        if (type.IsGenericParameter)
            return $"!{type.GenericParameterPosition}";
        if (type.IsGenericType)
            return $"{Bare(type.GetGenericTypeDefinition())}<{string.Join(',', type.GetGenericArguments().Select(Text))}>";
        return Bare(type);
    }

    private static string Bare(Type type) => type.FullName ?? type.Name;

    private static string Name(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
