package org.onedoor.desk;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.onedoor.room.Intake;
import org.onedoor.room.Petition.NewParty;

/** One party of a petition: who, in which role, how to reach them. */
final class PartyPanel extends Div {
  private final Select<String> role = new Select<>();
  private final Select<String> type = new Select<>();
  private final TextField name = new TextField();
  private final TextField phone = new TextField();
  private final TextField contact = new TextField();
  private final TextField address = new TextField();

  PartyPanel(@Nullable NewParty given, Runnable changed, Consumer<PartyPanel> gone) {
    addClassName("party");
    role.setItems(Intake.PARTY_ROLES);
    role.setItemLabelGenerator(r -> getTranslation("room.role." + r));
    role.setValue("petitioner");
    role.setAriaLabel(getTranslation("room.roleOf"));
    type.setItems("person", "organisation");
    type.setItemLabelGenerator(t -> getTranslation("room.type." + t));
    type.setValue("person");
    type.setAriaLabel(getTranslation("room.typeOf"));
    field(name, "room.name", changed);
    field(phone, "room.phone", changed);
    field(contact, "room.contactPerson", changed);
    field(address, "room.address", changed);
    contact.setVisible(false);
    type.addValueChangeListener(e -> contact.setVisible("organisation".equals(e.getValue())));
    if (given != null) fill(given);
    var remove = new Button("×", e -> gone.accept(this));
    remove.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    remove.setAriaLabel(getTranslation("desk.removeParty"));
    var first = new Div(role, name, phone, remove);
    first.addClassName("prow");
    var second = new Div(type, address, contact);
    second.addClassName("prow");
    add(first, second);
  }

  /** Fields with names, so that what is typed while the server is away can be put back. */
  void number(int n) {
    name.setId("party-" + n + "-name");
    phone.setId("party-" + n + "-phone");
    contact.setId("party-" + n + "-contact");
    address.setId("party-" + n + "-address");
  }

  private void field(TextField field, String key, Runnable changed) {
    field.setPlaceholder(getTranslation(key));
    field.setAriaLabel(getTranslation(key));
    field.setWidthFull();
    field.setValueChangeMode(ValueChangeMode.LAZY);
    field.addValueChangeListener(e -> changed.run());
  }

  private void fill(NewParty p) {
    if (p.role() != null && Intake.PARTY_ROLES.contains(p.role())) role.setValue(p.role());
    if (p.type() != null && Intake.PARTY_TYPES.contains(p.type())) type.setValue(p.type());
    contact.setVisible("organisation".equals(p.type()));
    name.setValue(text(p.name()));
    phone.setValue(text(p.phone()));
    contact.setValue(text(p.contact()));
    address.setValue(text(p.address()));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  void focus() {
    name.focus();
  }

  /** Nothing was entered: the row does not count. */
  boolean blank() {
    return name.isEmpty() && phone.isEmpty() && contact.isEmpty() && address.isEmpty();
  }

  NewParty entered() {
    return new NewParty(
        name.getValue(),
        role.getValue(),
        type.getValue(),
        contact.getValue(),
        phone.getValue(),
        null,
        address.getValue());
  }

  Map<String, Component> fields(String at) {
    return Map.of(
        at + "name",
        name,
        at + "phone",
        phone,
        at + "contact",
        contact,
        at + "address",
        address,
        at + "role",
        role,
        at + "type",
        type);
  }
}
